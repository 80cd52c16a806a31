import { setTimeout as pause } from 'node:timers/promises'
import { ownProcesses } from './holdings.mjs'
import { allProcesses, isDatabase, read } from './processes.mjs'
import { summary } from './statistics.mjs'

const SETTLE_MS = 10_000
const SAMPLES = 5

const mib = (text, field) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024

/**
 * What the kernel could give away if no other program ran, once it has settled, in MiB. The
 * difference of two such figures is what a server and its sandboxes came to use, whatever else goes on.
 */
export async function availableMiB(bench) {
  await pause(SETTLE_MS)
  const samples = []
  for (let i = 0; i < SAMPLES; i++) {
    samples.push(mib(read('/proc/meminfo'), 'MemAvailable') + (await othersMiB(bench)))
    await pause(1000)
  }
  return summary(samples).p50
}

async function othersMiB(bench) {
  const own = new Set((await ownProcesses(bench)).all)
  return allProcesses()
    .filter((pid) => !own.has(pid) && !isDatabase(pid))
    .map((pid) => mib(read(`/proc/${pid}/status`), 'RssAnon'))
    .reduce((total, value) => total + value, 0)
}
