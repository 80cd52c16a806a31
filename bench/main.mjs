import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { arch, cpus, release, totalmem } from 'node:os'
import { Daytona } from '@daytonaio/sdk'
import { Nginx, pageServer, requestsPerSecond } from './lib/preview.mjs'
import { runcBaseline } from './lib/runc.mjs'
import { TestServer, freePort, procMiB, processesNamed } from '../conformance/lib/server.mjs'
import { summary, timings } from './lib/statistics.mjs'
import { render, row } from './lib/table.mjs'

const RUNS = 30
const IDLE_SANDBOXES = 50
const EXECS = 1000
const WARM_UP = 300
const FILE_BYTES = 100 * 1024 * 1024
const AGENT = '/.paddock/agent'

const remote = process.argv.includes('--remote')
const say = (text) => process.stderr.write(`bench: ${text}\n`)
const ms = (s) => `p50 ${s.p50.toFixed(1)} ms, p99 ${s.p99.toFixed(1)} ms, n ${s.count}`

async function measureCreate(daytona) {
  const sandboxes = []
  const create = async () => sandboxes.push(await daytona.create())
  await timings(5, create)
  const milliseconds = await timings(RUNS, create)
  for (const sandbox of sandboxes) await sandbox.delete()
  return summary(milliseconds)
}

async function measureFiles(sandbox) {
  const bytes = randomBytes(FILE_BYTES)
  const path = '/home/daytona/random.bin'
  await sandbox.fs.uploadFile(bytes, path)
  const up = summary(await timings(RUNS, () => sandbox.fs.uploadFile(bytes, path)))
  const down = summary(
    await timings(RUNS, async () => {
      const received = await sandbox.fs.downloadFile(path)
      if (received.length !== FILE_BYTES) throw new Error('the file came back with another size')
    }),
  )
  await sandbox.fs.deleteFile(path)
  return { up, down }
}

async function measurePreview(sandbox, server) {
  await sandbox.fs.uploadFile(Buffer.from(pageServer), '/home/daytona/page.cjs')
  await sandbox.process.createSession('page')
  await sandbox.process.executeSessionCommand('page', { command: 'node /home/daytona/page.cjs', runAsync: true })
  await sandbox.process.executeCommand('until curl -s -o /dev/null localhost:8080; do sleep 0.1; done', undefined, undefined, 30)
  const link = await sandbox.getPreviewLink(8080)
  const address = (await sandbox.process.executeCommand("hostname -I | cut -d' ' -f1")).result.trim()
  const host = new URL(link.url).host
  const proxyUrl = `http://127.0.0.1:${server.proxyPort}/`
  const headers = { Host: host, 'x-daytona-preview-token': link.token }
  const nginxPort = await freePort()
  const nginx = await Nginx.start(nginxPort, `${address}:8080`)
  try {
    const figures = { paddock: 0, nginx: 0 }
    for (let round = 0; round < 5; round++) {
      const viaNginx = await requestsPerSecond(`http://127.0.0.1:${nginxPort}/`, {})
      const viaPaddock = await requestsPerSecond(proxyUrl, headers)
      // The first rounds warm both up.
      if (round > 1) {
        figures.nginx = Math.max(figures.nginx, viaNginx)
        figures.paddock = Math.max(figures.paddock, viaPaddock)
      }
    }
    return figures
  } finally {
    await nginx.stop()
  }
}

async function measureMemory(daytona, server) {
  const sandboxes = []
  for (let i = 0; i < IDLE_SANDBOXES; i++) sandboxes.push(await daytona.create())
  for (let i = 0; i < EXECS; i++) {
    await sandboxes[i % IDLE_SANDBOXES].process.executeCommand('echo')
  }
  const serverMiB = await procMiB(`/proc/${await server.pid()}/status`, 'VmRSS')
  const agents = await processesNamed(AGENT)
  const pss = await Promise.all(agents.map((pid) => procMiB(`/proc/${pid}/smaps_rollup`, 'Pss')))
  for (const sandbox of sandboxes) await sandbox.delete()
  return { serverMiB, agentMiB: summary(pss).p50, agents: agents.length }
}

async function takeApiRows(daytona, rows, baseline) {
  say(`create, ${RUNS} times`)
  const create = await measureCreate(daytona)
  say('execute and files')
  const sandbox = await daytona.create()
  await timings(WARM_UP, () => sandbox.process.executeCommand('echo'))
  const exec = summary(await timings(RUNS * 4, () => sandbox.process.executeCommand('echo')))
  const files = await measureFiles(sandbox)
  if (baseline) {
    const bare = summary(baseline.create)
    const bareExec = summary(baseline.exec)
    rows.push(
      row('create → started / bare overlay + runc run', create.p50 / bare.p50, '×', 2, {
        detail: `${ms(create)}; bare ${ms(bare)}`,
      }),
      row('executeCommand("echo") / runc exec', exec.p50 / bareExec.p50, '×', 0.25, {
        detail: `${ms(exec)}; runc exec ${ms(bareExec)}`,
      }),
    )
  } else {
    rows.push(row('create → started', create.p50, 'ms', Infinity, { detail: ms(create) }))
    rows.push(row('executeCommand("echo")', exec.p50, 'ms', Infinity, { detail: ms(exec) }))
  }
  rows.push(
    row('100 MiB file up', files.up.p50 / 1000, 's', 0.5, { detail: ms(files.up) }),
    row('100 MiB file down', files.down.p50 / 1000, 's', 0.5, { detail: ms(files.down) }),
  )
  return sandbox
}

async function takeHostRows(daytona, server, sandbox, rows) {
  say('previews against nginx')
  const preview = await measurePreview(sandbox, server)
  await sandbox.delete()
  rows.push(
    row('preview GET, 32 connections / nginx', preview.paddock / preview.nginx, '×', 0.5, {
      atLeast: true,
      detail: `${preview.paddock.toFixed(0)} requests/s; nginx ${preview.nginx.toFixed(0)}`,
    }),
  )
  say(`memory, ${IDLE_SANDBOXES} sandboxes and ${EXECS} commands`)
  const memory = await measureMemory(daytona, server)
  rows.push(
    row('server memory after 50 sandboxes, 1,000 execs', memory.serverMiB * 1.048576, 'MB', 400),
    row('agent memory per idle sandbox (PSS)', memory.agentMiB * 1.048576, 'MB', 1.5, {
      detail: `${memory.agents} agents`,
    }),
  )
  say('second start')
  const starts = []
  for (let i = 0; i < 5; i++) {
    await server.stop()
    starts.push((await server.start()) / 1000)
  }
  const start = summary(starts)
  rows.push(row('second `paddock up` until ready', start.p50, 's', 5, { detail: `n ${start.count}` }))
}

async function machine() {
  const model = /model name\s*:\s*(.*)/.exec(await readFile('/proc/cpuinfo', 'utf8'))
  return {
    cpu: model ? model[1] : arch(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
  }
}

async function main() {
  const rows = []
  const host = await machine()
  if (remote) {
    const sandbox = await takeApiRows(new Daytona(), rows)
    await sandbox.delete()
  } else {
    const server = await TestServer.prepare(process.env.PADDOCK_BENCH_DATA ?? '/var/lib/paddock-bench')
    await server.start()
    try {
      say('waiting for the default snapshot')
      const { defaultSnapshot } = await (await fetch(`${server.apiUrl}/config`)).json()
      await server.snapshotActive(defaultSnapshot)
      const daytona = new Daytona({ apiKey: await server.key(), apiUrl: server.apiUrl })
      say(`bare runc, ${RUNS} times`)
      const baseline = await runcBaseline(RUNS)
      const sandbox = await takeApiRows(daytona, rows, baseline)
      await takeHostRows(daytona, server, sandbox, rows)
    } finally {
      await server.removeSandboxes()
      await server.stop()
    }
  }
  const description = `${host.cores} × ${host.cpu}, ${host.memoryGiB} GiB, Linux ${host.kernel}`
  console.log(`${description}\n\n${render(rows)}`)
  await mkdir('results', { recursive: true })
  const report = { takenAt: new Date().toISOString(), machine: host, rows }
  await writeFile('results/latest.json', JSON.stringify(report, null, 2) + '\n')
  process.exitCode = rows.every((r) => r.holds) ? 0 : 1
}

await main()
