import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../runc-baseline', import.meta.url))

/**
 * The yardstick: bare overlay mount + `runc run --detach`, and `runc exec`, in milliseconds.
 *
 * @returns {Promise<{create: number[], exec: number[]}>}
 */
export async function runcBaseline(count) {
  const { stdout } = await run(script, [String(count)], { maxBuffer: 1 << 20 })
  const result = { create: [], exec: [] }
  for (const line of stdout.trim().split('\n')) {
    const [what, microseconds] = line.split(' ')
    result[what].push(Number(microseconds) / 1000)
  }
  return result
}
