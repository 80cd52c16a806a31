import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const STARTS = 5
/** A server that has just come up still looks after its images. */
const SETTLE_MS = 2000

export const name = 'start'

export async function take(bench) {
  say(`second start, ${STARTS} times`)
  const starts = []
  for (let i = 0; i < STARTS; i++) {
    await pause(SETTLE_MS)
    await bench.server.stop()
    starts.push(await bench.server.start())
  }
  return [
    row('second `paddock up` until ready', summary(starts).p50 / 1000, 's', 3, { detail: milliseconds(starts) }),
  ]
}
