import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Requests per second of one wrk run. */
export const requestsPerSecond = async (...run) => (await load(...run)).rate

/** Requests of one wrk run, and how many they were per second; fails when an answer was not 2xx or 3xx. */
export async function load(url, headers, { connections, seconds, script, scriptArguments = [] }) {
  const { stdout } = await run('wrk', [
    ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(script ? ['-s', script] : []),
    url,
    ...(scriptArguments.length > 0 ? ['--', ...scriptArguments] : []),
  ])
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk saw failures at ${url}:\n${stdout}`)
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)[1]),
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
  }
}
