import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { say } from '../lib/bench.mjs'
import { withClientAlone } from '../lib/client-alone.mjs'
import { createAndExecute } from '../lib/first-command.mjs'
import { download, FILE } from '../lib/large-file.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, plainRow } from '../lib/table.mjs'

const run = promisify(execFile)
const SPAWN = fileURLToPath(new URL('../lib/spawn.py', import.meta.url))
const RUNS = 500
const WARM_UP = 500
const AT_ONCE = 100
const ROUNDS = 5
const DOWNLOADS = 30

export const name = 'floor'
export const remote = true

export async function take(bench) {
  say('what the client and this host take by themselves')
  const { stdout } = await run('python3', [SPAWN, String(RUNS)])
  const programs = stdout.trim().split('\n').map(Number)
  const { one, atOnce, down } = await withClientAlone(bench, FILE, measure)
  return [
    plainRow('the host alone: `true` started, until it has ended', summary(programs).p50, 'ms', milliseconds(programs)),
    plainRow('the client alone: both calls answered at once, p50', summary(one).p50, 'ms', milliseconds(one)),
    plainRow('the client alone: 100 of both at once, until all are done', summary(atOnce).p50, 'ms', rounds(atOnce)),
    plainRow('the client alone: 100 MiB file down', summary(down).p50 / 1000, 's', milliseconds(down)),
  ]
}

const rounds = (walls) => `rounds ${walls.map((wall) => wall.toFixed(0)).join(', ')} ms`

async function measure(client) {
  const both = () => createAndExecute(client)
  await timings(WARM_UP, both)
  const one = await timings(RUNS, both)
  const atOnce = await timings(ROUNDS, () => Promise.all(Array.from({ length: AT_ONCE }, both)))
  const sandbox = await client.create()
  const down = await timings(DOWNLOADS, () => download(sandbox))
  return { one, atOnce, down }
}
