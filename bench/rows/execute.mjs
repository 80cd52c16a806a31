import { fileURLToPath } from 'node:url'
import { say } from '../lib/bench.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, plainRow, row } from '../lib/table.mjs'
import { requestsPerSecond } from '../lib/wrk.mjs'

const RUNS = 1000
const WARM_UP = 1000
const LOAD = { connections: 16, seconds: 5 }
const PLAIN = fileURLToPath(new URL('../lib/execute.lua', import.meta.url))
const BY_SHELL = fileURLToPath(new URL('../lib/execute-by-shell.lua', import.meta.url))
const ROUNDS = 3

export const name = 'execute'
export const remote = true

export async function take(bench) {
  say(`execute by raw HTTP, ${RUNS} times, and from ${LOAD.connections} connections`)
  const sandbox = await bench.raw.create()
  const execute = () => bench.raw.executeTrue(sandbox)
  await timings(WARM_UP, execute)
  const values = await timings(RUNS, execute)
  const rates = await measureRates(bench, sandbox, PLAIN)
  const byShell = await measureRates(bench, sandbox, BY_SHELL)
  await bench.raw.discard(sandbox)
  return [
    row('raw HTTP executeCommand("true"), p50', summary(values).p50, 'ms', 2, { detail: milliseconds(values) }),
    row('executions/s from 16 connections', summary(rates).p50, '/s', 1500, {
      atLeast: true,
      detail: rounds(rates),
    }),
    plainRow('the same of a command that needs a shell', summary(byShell).p50, '/s', rounds(byShell)),
  ]
}

const rounds = (rates) => `rounds ${rates.map((rate) => rate.toFixed(0)).join(', ')}`

async function measureRates(bench, sandbox, script) {
  const headers = { authorization: bench.raw.authorization }
  const round = () => requestsPerSecond(bench.raw.executeUrl(sandbox), headers, { ...LOAD, script })
  await round()
  const rates = []
  for (let i = 0; i < ROUNDS; i++) rates.push(await round())
  return rates
}
