import { say } from '../lib/bench.mjs'
import { availableMiB } from '../lib/host-memory.mjs'
import { parallel } from '../lib/parallel.mjs'
import { createTimings } from '../lib/raw-client.mjs'
import { summary } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const ALIVE = 1000
const CREATES = 100
const WARM_UP = 300
const AT_ONCE = 4

export const name = 'idle'

export async function take(bench) {
  say(`${ALIVE} idle sandboxes`)
  await createTimings(bench.raw, WARM_UP)
  const before = await createTimings(bench.raw, CREATES)
  const free = await availableMiB(bench)
  const sandboxes = await parallel(ALIVE, AT_ONCE, (i) => {
    if (i > 0 && i % 250 === 0) say(`${i} are alive`)
    return bench.raw.create()
  })
  const each = (free - (await availableMiB(bench))) / ALIVE
  const after = await createTimings(bench.raw, CREATES)
  for (let i = 0; i < ALIVE; i += 50) await bench.raw.executeTrue(sandboxes[i])
  await parallel(ALIVE, AT_ONCE, (i) => bench.raw.discard(sandboxes[i]))
  return [
    row('1,000 idle sandboxes: host memory each', each, 'MiB', 2),
    row('create with 1,000 alive / with none', summary(after).p50 / summary(before).p50, '×', 1.3, {
      detail: `${milliseconds(after)}; with none ${milliseconds(before)}`,
    }),
  ]
}
