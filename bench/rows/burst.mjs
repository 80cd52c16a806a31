import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../lib/bench.mjs'
import { createAndExecute } from '../lib/first-command.mjs'
import { parallel } from '../lib/parallel.mjs'
import { addUp, processorTimeRow, spentDuring } from '../lib/processor-time.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const AT_ONCE = 100
const WARM_UP_ROUNDS = 5
const ROUNDS = 3
const SETTLE_MS = 3000
const TIME_OF_EACH = '100 creates + first commands at once: processor time of each'

export const name = 'burst'
export const remote = true

export async function take(bench) {
  say(`${AT_ONCE} creates at once, ${ROUNDS} rounds`)
  const rounds = []
  for (let i = 0; i < WARM_UP_ROUNDS + ROUNDS; i++) {
    const outcome = await round(bench)
    if (i >= WARM_UP_ROUNDS) rounds.push(outcome)
  }
  const { each, wall } = rounds.sort((a, b) => a.wall - b.wall)[Math.floor(ROUNDS / 2)]
  const failures = rounds.flatMap((outcome) => outcome.failures)
  const walls = rounds.map((outcome) => outcome.wall.toFixed(0)).join(', ')
  const median = each.length > 0 ? summary(each).p50 : Infinity
  return [
    row('100 creates + first commands at once: median', median, 'ms', 200, { detail: milliseconds(each) }),
    row('100 creates + first commands at once: until all are done', wall, 'ms', 400, { detail: `rounds ${walls} ms` }),
    row('100 creates + first commands at once: failures', failures.length, '', 0, { detail: failures[0] ?? '' }),
    ...(bench.server ? [timeOfEach(rounds)] : []),
  ]
}

const timeOfEach = (rounds) => processorTimeRow(TIME_OF_EACH, addUp(rounds.map(({ spent }) => spent)), ROUNDS * AT_ONCE)

async function round(bench) {
  const { outcome, spent } = bench.server ? await spentDuring(bench, allAtOnce) : { outcome: await allAtOnce() }
  const made = outcome.settled.filter(({ status }) => status === 'fulfilled').map(({ value }) => value)
  const failures = outcome.settled.filter(({ status }) => status === 'rejected')
  await parallel(made.length, 8, (i) => made[i].sandbox.delete())
  await bench.tidy()
  await pause(SETTLE_MS)
  return {
    each: made.map(({ elapsed }) => elapsed),
    wall: outcome.wall,
    failures: failures.map(({ reason }) => String(reason.message)),
    spent,
  }

  async function allAtOnce() {
    const start = performance.now()
    const settled = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => createAndExecute(bench.daytona)))
    return { settled, wall: performance.now() - start }
  }
}
