import { procMiB, processesNamed } from '../../conformance/lib/server.mjs'
import { say } from '../lib/bench.mjs'
import { summary } from '../lib/statistics.mjs'
import { row } from '../lib/table.mjs'

const SANDBOXES = 50
const EXECS = 1000
const AGENT = '/.paddock/agent'
const MB_PER_MIB = 1.048576

export const name = 'memory'

export async function take(bench) {
  say(`memory, ${SANDBOXES} sandboxes and ${EXECS} commands`)
  const sandboxes = []
  for (let i = 0; i < SANDBOXES; i++) sandboxes.push(await bench.daytona.create())
  for (let i = 0; i < EXECS; i++) await sandboxes[i % SANDBOXES].process.executeCommand('echo')
  const server = await procMiB(`/proc/${await bench.server.pid()}/status`, 'VmRSS')
  const agents = await processesNamed(AGENT)
  const pss = await Promise.all(agents.map((pid) => procMiB(`/proc/${pid}/smaps_rollup`, 'Pss')))
  for (const sandbox of sandboxes) await sandbox.delete()
  return [
    row('server memory after 50 sandboxes, 1,000 execs', server * MB_PER_MIB, 'MB', 400),
    row('agent memory per idle sandbox (PSS)', summary(pss).p50 * MB_PER_MIB, 'MB', 1.5, {
      detail: `${agents.length} agents`,
    }),
  ]
}
