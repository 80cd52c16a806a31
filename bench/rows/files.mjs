import { randomBytes } from 'node:crypto'
import { say } from '../lib/bench.mjs'
import { download, FILE } from '../lib/large-file.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, row } from '../lib/table.mjs'

const RUNS = 30

export const name = 'files'
export const remote = true

export async function take(bench) {
  say(`a file of 100 MiB, ${RUNS} times`)
  const sandbox = await bench.daytona.create()
  const bytes = randomBytes(FILE.bytes)
  await sandbox.fs.uploadFile(bytes, FILE.path)
  const up = await timings(RUNS, () => sandbox.fs.uploadFile(bytes, FILE.path))
  const down = await timings(RUNS, () => download(sandbox))
  await sandbox.delete()
  return [
    row('100 MiB file up', summary(up).p50 / 1000, 's', 0.5, { detail: milliseconds(up) }),
    row('100 MiB file down', summary(down).p50 / 1000, 's', 0.5, { detail: milliseconds(down) }),
  ]
}
