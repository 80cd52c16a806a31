import { say } from '../lib/bench.mjs'
import { holdings, serverMiB, settledHoldings } from '../lib/holdings.mjs'
import { parallel } from '../lib/parallel.mjs'
import { row } from '../lib/table.mjs'

const WIDTH = 4
/** After so many cycles the server is as large as it gets. */
const FIRST = 2000

export const name = 'churn'

export async function take(bench) {
  const cycles = bench.options.churn
  const first = Math.min(FIRST, Math.floor(cycles / 2))
  const failures = []
  await requireSight(bench)
  await churn(bench, first, 0, failures)
  const before = await settledHoldings(bench)
  const beforeMiB = await serverMiB(bench.server)
  const start = performance.now()
  await churn(bench, cycles - first, first, failures)
  const rate = (cycles - first) / ((performance.now() - start) / 1000)
  const afterMiB = await serverMiB(bench.server)
  const after = await settledHoldings(bench)
  const what = `${cycles.toLocaleString('en')} cycles of create, execute, delete`
  return [
    row(`${what}: failures`, failures.length, '', 0, { detail: failures[0] ?? `${rate.toFixed(1)} cycles/s` }),
    ...leakRows(what, before, after),
    row(`${what}: growth of server memory`, Math.max(0, (afterMiB / beforeMiB - 1) * 100), '%', 10, {
      detail: `${beforeMiB.toFixed(0)} MiB after ${first}, ${afterMiB.toFixed(0)} MiB at the end`,
    }),
  ]
}

function leakRows(what, before, after) {
  return Object.keys(before).map((kind) =>
    row(`${what}: leaked ${kind}`, Math.max(0, after[kind] - before[kind]), '', 0, {
      detail: `${before[kind]} before, ${after[kind]} after`,
    }),
  )
}

async function churn(bench, cycles, done, failures) {
  const say1000 = (i) => (i + 1) % 1000 === 0 && say(`${done + i + 1} of ${bench.options.churn} cycles`)
  await parallel(cycles, WIDTH, async (i) => {
    try {
      const sandbox = await bench.raw.create()
      await bench.raw.executeTrue(sandbox)
      await bench.raw.delete(sandbox)
    } catch (error) {
      failures.push(error.message)
    }
    say1000(i)
  })
}

/** A leak can only be seen by who sees what is there: one sandbox has to show in every kind but mounts. */
async function requireSight(bench) {
  const sandbox = await bench.raw.create()
  const seen = await holdings(bench)
  await bench.raw.discard(sandbox)
  for (const [kind, count] of Object.entries(seen)) {
    if (kind !== 'mounts' && count === 0) throw new Error(`the benchmark sees no ${kind} of a running sandbox`)
  }
}
