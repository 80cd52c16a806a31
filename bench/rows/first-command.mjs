import { say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { createAndExecute } from '../lib/first-command.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const WARM_UP = 100
const RUNS = 200

export const name = 'first-command'
export const remote = true

export async function take(bench) {
  say(`create and first command, ${RUNS} times`)
  for (let i = 0; i < WARM_UP; i++) await one(bench)
  const values = []
  for (let i = 0; i < RUNS; i++) values.push(await one(bench))
  const s = summary(values)
  return [
    row('client: create() + first executeCommand("echo"), p50', s.p50, 'ms', 10, { detail: milliseconds(values) }),
    row('client: create() + first executeCommand("echo"), p99', s.p99, 'ms', 30),
  ]
}

async function one(bench) {
  const { sandbox, elapsed } = await createAndExecute(bench.daytona)
  await sandbox.delete()
  return elapsed
}
