import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../runc-baseline', import.meta.url))

/**
 * The yardstick in milliseconds: bare overlay mount + `runc run --detach`, that `runc run` alone,
 * and `runc exec`.
 *
 * @returns {Promise<{create: number[], run: number[], exec: number[]}>}
 */
export async function runcBaseline(count) {
  const { stdout } = await run(script, [String(count)], { maxBuffer: 1 << 20 })
  const result = { create: [], run: [], exec: [] }
  for (const line of stdout.trim().split('\n')) {
    const [what, microseconds] = line.split(' ')
    result[what].push(Number(microseconds) / 1000)
  }
  return result
}
