import { randomBytes } from 'node:crypto'
import { say } from '../lib/bench.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const RUNS = 30
const FILE_BYTES = 100 * 1024 * 1024
const PATH = '/home/daytona/random.bin'

export const name = 'files'
export const remote = true

export async function take(bench) {
  say(`a file of 100 MiB, ${RUNS} times`)
  const sandbox = await bench.daytona.create()
  const bytes = randomBytes(FILE_BYTES)
  await sandbox.fs.uploadFile(bytes, PATH)
  const up = await timings(RUNS, () => sandbox.fs.uploadFile(bytes, PATH))
  const down = await timings(RUNS, async () => {
    const received = await sandbox.fs.downloadFile(PATH)
    if (received.length !== FILE_BYTES) throw new Error('the file came back with another size')
  })
  await sandbox.delete()
  return [
    row('100 MiB file up', summary(up).p50 / 1000, 's', 0.5, { detail: milliseconds(up) }),
    row('100 MiB file down', summary(down).p50 / 1000, 's', 0.5, { detail: milliseconds(down) }),
  ]
}
