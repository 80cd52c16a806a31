import { engineBenchmark } from '../lib/engine-benchmark.mjs'
import { dataDir, say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, plainRow, row } from '../lib/table.mjs'

export const name = 'engine'
/** Taken before the server runs. */
export const alone = true

export async function take() {
  say('the engine alone')
  const { first, create, destroy } = await engineBenchmark(dataDir)
  const whole = await engineBenchmark(dataDir, { ready: 0 })
  const s = summary(create)
  const detail = `${milliseconds(create)}; destroy ${milliseconds(destroy)}`
  return [
    row('engine: create → agent ready, p50', s.p50, 'ms', 2.5, { detail }),
    row('engine: create → agent ready, p99', s.p99, 'ms', 8),
    plainRow('engine: the same, right after the start, p50', summary(first).p50, 'ms', milliseconds(first)),
    plainRow('engine: the same, nothing begun ahead, p50', summary(whole.create).p50, 'ms', milliseconds(whole.create)),
  ]
}
