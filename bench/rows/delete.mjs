import { say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const RUNS = 100
const WARM_UP = 30
const LIMIT_MS = 30_000

export const name = 'delete'

export async function take(bench) {
  say(`delete, ${RUNS} times`)
  for (let i = 0; i < WARM_UP; i++) await one(bench)
  const answered = []
  const gone = []
  for (let i = 0; i < RUNS; i++) {
    const times = await one(bench)
    answered.push(times.answered)
    gone.push(times.gone)
  }
  return [
    row('delete until nothing of it is on the host, p50', summary(gone).p50, 'ms', 10, {
      detail: `${milliseconds(gone)}; answered after ${milliseconds(answered)}`,
    }),
  ]
}

async function one(bench) {
  const sandbox = await bench.raw.create()
  await bench.raw.executeTrue(sandbox)
  const belongings = bench.host.belongings(sandbox.id)
  const start = performance.now()
  await bench.raw.delete(sandbox)
  const answered = performance.now() - start
  while (!bench.host.isGone(sandbox.id, belongings)) {
    if (performance.now() - start > LIMIT_MS) throw new Error(`sandbox ${sandbox.id} is deleted, and still on the host`)
    await new Promise(setImmediate)
  }
  return { answered, gone: performance.now() - start }
}
