import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { createAndExecute } from '../lib/first-command.mjs'
import { milliseconds, plainRow, row } from '../lib/table.mjs'

const FIRST = 100
const WARM_UP = 900
const RUNS = 200
const SETTLE_MS = 3000
const WHAT = 'client: create() + first executeCommand("echo")'

export const name = 'first-command'
export const remote = true

export async function take(bench) {
  say(`create and first command, ${RUNS} times`)
  const first = await series(bench, FIRST)
  await series(bench, WARM_UP)
  await pause(SETTLE_MS)
  const values = await series(bench, RUNS)
  const s = summary(values)
  return [
    row(`${WHAT}, p50`, s.p50, 'ms', 10, { detail: milliseconds(values) }),
    row(`${WHAT}, p99`, s.p99, 'ms', 30),
    plainRow('client: the same, right after the start, p50', summary(first).p50, 'ms', milliseconds(first)),
  ]
}

async function series(bench, count) {
  const values = []
  for (let i = 0; i < count; i++) values.push(await one(bench))
  return values
}

async function one(bench) {
  const { sandbox, elapsed } = await createAndExecute(bench.daytona)
  await sandbox.delete()
  return elapsed
}
