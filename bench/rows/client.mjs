import { say } from '../lib/bench.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, plainRow, row } from '../lib/table.mjs'

const RUNS = 30
const EXECS = 120
const WARM_UP = 300

export const name = 'client'
export const remote = true

async function measureCreate(daytona) {
  const sandboxes = []
  const create = async () => sandboxes.push(await daytona.create())
  await timings(5, create)
  const values = await timings(RUNS, create)
  for (const sandbox of sandboxes) await sandbox.delete()
  return values
}

async function measureExec(daytona) {
  const sandbox = await daytona.create()
  await timings(WARM_UP, () => sandbox.process.executeCommand('echo'))
  const values = await timings(EXECS, () => sandbox.process.executeCommand('echo'))
  await sandbox.delete()
  return values
}

function compared(what, other, values, bare, limit) {
  const ratio = summary(values).p50 / summary(bare).p50
  return row(`${what} / ${other}`, ratio, '×', limit, {
    detail: `${milliseconds(values)}; ${other} ${milliseconds(bare)}`,
  })
}

export async function take(bench) {
  const bare = bench.server && (await bench.baseline())
  say(`create, ${RUNS} times, and execute`)
  const create = await measureCreate(bench.daytona)
  const exec = await measureExec(bench.daytona)
  if (!bare) {
    return [
      plainRow('create → started', summary(create).p50, 'ms', milliseconds(create)),
      plainRow('executeCommand("echo")', summary(exec).p50, 'ms', milliseconds(exec)),
    ]
  }
  return [
    compared('create → started', 'bare overlay + runc run', create, bare.create, 2),
    compared('executeCommand("echo")', 'runc exec', exec, bare.exec, 0.25),
  ]
}
