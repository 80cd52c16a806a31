import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../lib/bench.mjs'
import { createAndExecute } from '../lib/first-command.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, missingRow, plainRow, row } from '../lib/table.mjs'

const WHAT = 'warm pool: create() + first executeCommand("echo"), p50'
const POOL = 10
const WARM_UP = 50
const RUNS = 200
const FILL_MS = 60_000

export const name = 'warm'

export async function take(bench) {
  const { status } = await bench.raw.ask('GET', '/warm-pools')
  if (status === 404) return [missingRow(WHAT, 'this server has no warm pools')]
  say(`create from a warm pool and first command, ${RUNS} times`)
  const { defaultSnapshot: snapshot, target } = await shape(bench)
  const pool = await bench.raw.call('POST', '/warm-pools', { snapshot, pool: POOL, target })
  try {
    for (let i = 0; i < WARM_UP; i++) await one(bench, pool)
    const taken = []
    for (let i = 0; i < RUNS; i++) taken.push(await one(bench, pool))
    const each = taken.map(({ elapsed }) => elapsed)
    const creates = taken.map(({ created }) => created)
    const detail = `${milliseconds(each)}; pool of ${POOL}, full before each`
    return [
      row(WHAT, summary(each).p50, 'ms', 5, { detail }),
      plainRow('warm pool: create() of those, p50', summary(creates).p50, 'ms', milliseconds(creates)),
    ]
  } finally {
    await bench.raw.call('DELETE', `/warm-pools/${pool.id}`)
  }
}

/** Snapshot and region of the sandboxes that the client asks for. */
async function shape(bench) {
  const { defaultSnapshot } = await bench.raw.call('GET', '/config')
  const sandbox = await bench.raw.create()
  await bench.raw.discard(sandbox)
  return { defaultSnapshot, target: sandbox.target }
}

async function one(bench, pool) {
  await full(bench, pool)
  const { sandbox, created, elapsed } = await createAndExecute(bench.daytona)
  await sandbox.delete()
  return { created, elapsed }
}

async function full(bench, pool) {
  const deadline = performance.now() + FILL_MS
  for (;;) {
    const answer = await bench.raw.call('GET', '/warm-pools')
    const pools = Array.isArray(answer) ? answer : answer.items
    const { currentSize } = pools.find(({ id }) => id === pool.id)
    if (currentSize === POOL) return
    if (performance.now() > deadline) throw new Error(`the warm pool stays at ${currentSize} of ${POOL}`)
    await pause(5)
  }
}
