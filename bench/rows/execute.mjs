import { fileURLToPath } from 'node:url'
import { say } from '../lib/bench.mjs'
import { processorTimeRow, spentDuring } from '../lib/processor-time.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, plainRow, row } from '../lib/table.mjs'
import { load } from '../lib/wrk.mjs'

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
  const sandboxes = []
  for (let i = 0; i < LOAD.connections; i++) sandboxes.push(await bench.raw.create())
  const [one] = sandboxes
  const execute = () => bench.raw.executeTrue(one)
  await timings(WARM_UP, execute)
  const values = await timings(RUNS, execute)
  const { rates, requests, spent } = await measureRates(bench, sandboxes, PLAIN)
  const inOne = (await measureRates(bench, [one], PLAIN)).rates
  const byShell = (await measureRates(bench, sandboxes, BY_SHELL)).rates
  for (const sandbox of sandboxes) await bench.raw.discard(sandbox)
  return [
    row('raw HTTP executeCommand("true"), p50', summary(values).p50, 'ms', 2, { detail: milliseconds(values) }),
    row('executions/s from 16 connections', summary(rates).p50, '/s', 1500, {
      atLeast: true,
      detail: `in as many sandboxes; ${rounds(rates)}`,
    }),
    plainRow('the same in one sandbox, which has one processor', summary(inOne).p50, '/s', rounds(inOne)),
    plainRow('the same of a command that needs a shell', summary(byShell).p50, '/s', rounds(byShell)),
    ...(spent ? [processorTimeRow('16 connections, as many sandboxes: processor time of each', spent, requests)] : []),
  ]
}

const rounds = (rates) => `rounds ${rates.map((rate) => rate.toFixed(0)).join(', ')}`

/**
 * Executions a second in each round, how many they were together, and what these took of the processors. They go to
 * one sandbox after the other.
 */
async function measureRates(bench, sandboxes, script) {
  const headers = { authorization: bench.raw.authorization }
  const urls = sandboxes.map((sandbox) => bench.raw.executeUrl(sandbox))
  const paths = urls.map((url) => new URL(url).pathname)
  const round = () => load(urls[0], headers, { ...LOAD, script, scriptArguments: paths })
  await round()
  const allRounds = async () => {
    const loads = []
    for (let i = 0; i < ROUNDS; i++) loads.push(await round())
    return loads
  }
  const { outcome, spent } = bench.server ? await spentDuring(bench, allRounds) : { outcome: await allRounds() }
  return {
    rates: outcome.map(({ rate }) => rate),
    requests: outcome.reduce((sum, { requests }) => sum + requests, 0),
    spent,
  }
}
