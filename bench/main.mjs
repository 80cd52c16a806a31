import { mkdir, writeFile } from 'node:fs/promises'
import { Bench, say } from './lib/bench.mjs'
import { machine } from './lib/machine.mjs'
import { options } from './lib/options.mjs'
import { missingRow, render } from './lib/table.mjs'
import * as burst from './rows/burst.mjs'
import * as churn from './rows/churn.mjs'
import * as client from './rows/client.mjs'
import * as deletion from './rows/delete.mjs'
import * as docker from './rows/docker.mjs'
import * as engine from './rows/engine.mjs'
import * as execute from './rows/execute.mjs'
import * as files from './rows/files.mjs'
import * as firstCommand from './rows/first-command.mjs'
import * as floor from './rows/floor.mjs'
import * as idle from './rows/idle.mjs'
import * as memory from './rows/memory.mjs'
import * as preview from './rows/preview.mjs'
import * as start from './rows/start.mjs'
import * as warm from './rows/warm.mjs'

const GROUPS = [
  ...[engine, client, files, preview, memory, start],
  ...[firstCommand, warm, burst, floor, docker, deletion, execute, idle, churn],
]

/** The rows that some work gives, if any; when it fails a row says why, and the others go on. */
async function orReason(name, work) {
  try {
    return (await work()) ?? []
  } catch (error) {
    say(`${name}: ${error.stack}`)
    return [missingRow(name, error.message.split('\n')[0])]
  }
}

async function takeGroup(group, bench) {
  const rows = await orReason(group.name, () => group.take(bench))
  return [...rows, ...(await orReason(`clearing up after ${group.name}`, () => bench?.tidy()))]
}

async function takeAll(wanted, open) {
  const rows = []
  for (const group of wanted.filter((group) => group.alone)) rows.push(...(await takeGroup(group)))
  const served = wanted.filter((group) => !group.alone)
  if (served.length === 0) return rows
  const bench = await open()
  for (const group of served) rows.push(...(await takeGroup(group, bench)))
  return [...rows, ...(await orReason('stopping the server', () => bench.close()))]
}

async function main() {
  const chosen = options(GROUPS.map((group) => group.name))
  const wanted = GROUPS.filter((group) => chosen.only.includes(group.name) && (group.remote || !chosen.remote))
  const rows = await takeAll(wanted, () => (chosen.remote ? Bench.remote(chosen) : Bench.local(chosen)))
  const host = await machine()
  console.log(`${host.cores} × ${host.cpu}, ${host.memoryGiB} GiB, Linux ${host.kernel}\n\n${render(rows)}`)
  await mkdir('results', { recursive: true })
  const report = { takenAt: new Date().toISOString(), machine: host, groups: wanted.map(({ name }) => name), rows }
  await writeFile('results/latest.json', JSON.stringify(report, null, 2) + '\n')
  process.exitCode = rows.every((r) => r.holds) ? 0 : 1
}

await main()
