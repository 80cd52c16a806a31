import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { procMiB } from '../../conformance/lib/server.mjs'
import { rowsByTable } from './database.mjs'
import { allProcesses, descriptors, networkNamespaces, processTree, read } from './processes.mjs'

const SETTLE_MS = 60_000

const sum = (values) => values.reduce((total, value) => total + value, 0)
const lines = (text, wanted) => text.split('\n').filter((line) => line.includes(wanted)).length

/** Processes of a server, PostgreSQL apart, and those in its sandboxes. */
export async function ownProcesses({ host, server }) {
  const tree = processTree(await server.pid())
  const group = `/paddock-${host.shortName}/`
  const inside = allProcesses().filter((pid) => read(`/proc/${pid}/cgroup`).includes(group))
  return { tree, all: [...new Set([...tree, ...inside])] }
}

/** What a server and its sandboxes hold of the host at this moment, by kind. */
export async function holdings(bench) {
  const { host, server } = bench
  const { tree, all } = await ownProcesses(bench)
  const tables = [host.mounts(), ...tree.map((pid) => read(`/proc/${pid}/mountinfo`))]
  const prefix = host.linkPrefix()
  return {
    mounts: sum(tables.map((table) => lines(table, host.runDir) + lines(table, host.engineDir))),
    'network namespaces': new Set(all.flatMap(networkNamespaces)).size,
    veths: readdirSync('/sys/class/net').filter((name) => name.startsWith(prefix)).length,
    'control groups': sum(host.parents().map((parent) => host.groups(parent).length)),
    processes: all.length,
    'file descriptors': sum(tree.map((pid) => descriptors(pid).length)),
    'database rows': sum(Object.values(await rowsByTable(server.dataDir))),
  }
}

/** Memory of a server's processes, PostgreSQL apart. */
export async function serverMiB(server) {
  return sum(await Promise.all(processTree(await server.pid()).map((pid) => procMiB(`/proc/${pid}/status`, 'VmRSS'))))
}

/** What is held once nothing has changed for three seconds; what ends in the background has a minute. */
export async function settledHoldings(bench) {
  const deadline = performance.now() + SETTLE_MS
  let last = ''
  for (let quiet = 0; ; ) {
    const now = await holdings(bench)
    const text = JSON.stringify(now)
    quiet = text === last ? quiet + 1 : 0
    if (quiet === 3 || performance.now() > deadline) return now
    last = text
    await pause(1000)
  }
}
