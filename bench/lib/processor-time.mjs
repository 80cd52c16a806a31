import { readdirSync } from 'node:fs'
import { allProcesses, isDatabase, processTree, read } from './processes.mjs'
import { plainRow } from './table.mjs'

/** Linux tells the time of processes in hundredths of a second, whatever the kernel's own ticks are. */
const MILLISECONDS_PER_TICK = 10
const LAUNCHER = 'paddock-launche'
const COMPILER = /^C[12] CompilerThre/

const sum = (values) => values.reduce((total, value) => total + value, 0)

/**
 * Name and milliseconds of processor time of a process or thread, and of the programs that it started and that have
 * ended; nothing when it is gone.
 */
function ofTask(directory) {
  const parts = /^\d+ \((.*)\) (.*)/s.exec(read(`${directory}/stat`))
  if (!parts) return { name: '', time: 0, ofEnded: 0 }
  const [user, system, userOfEnded, systemOfEnded] = parts[2].split(' ').slice(11, 15).map(Number)
  return {
    name: parts[1],
    time: (user + system) * MILLISECONDS_PER_TICK,
    ofEnded: (userOfEnded + systemOfEnded) * MILLISECONDS_PER_TICK,
  }
}

/** That of the client: this process, or what it started. */
function ofClient() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000 + ofTask('/proc/self').ofEnded
}

/** That of all sandboxes there have been, whose groups the group holds. */
function ofSandboxes(host) {
  for (const parent of host.parents()) {
    const nanoseconds = read(`${parent}/cpuacct.usage`)
    if (nanoseconds) return Number(nanoseconds) / 1e6
    const microseconds = /^usage_usec (\d+)/m.exec(read(`${parent}/cpu.stat`))
    if (microseconds) return Number(microseconds[1]) / 1e3
  }
  throw new Error('no control group tells the processor time of the sandboxes')
}

/** That of all processors, except idle, in milliseconds. */
function ofMachine() {
  const [user, nice, system, , , interrupts, soft, stolen] = read('/proc/stat').split('\n')[0].match(/\d+/g).map(Number)
  return (user + nice + system + interrupts + soft + stolen) * MILLISECONDS_PER_TICK
}

async function ofOthers({ host, server }) {
  const pid = await server.pid()
  const tree = processTree(pid).filter((of) => of !== pid).map((of) => ofTask(`/proc/${of}`))
  return {
    server: ofTask(`/proc/${pid}`).time,
    compilers: compilers(pid),
    launcher: sum(tree.filter(({ name }) => name === LAUNCHER).map(({ time }) => time)),
    database: sum(allProcesses().filter(isDatabase).map((of) => ofTask(`/proc/${of}`).time)),
    sandboxes: ofSandboxes(host),
  }
}

/** The server's compilers by thread, because they come and go. */
function compilers(pid) {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => [id, ofTask(`/proc/${pid}/task/${id}`)])
  return new Map(threads.filter(([, { name }]) => COMPILER.test(name)).map(([id, { time }]) => [id, time]))
}

/**
 * Does `work`, and tells the milliseconds of processor time that each part had meanwhile. To look at other processes
 * takes time of this one, which is done outside.
 */
export async function spentDuring(bench, work) {
  const othersBefore = await ofOthers(bench)
  const machineBefore = ofMachine()
  const clientBefore = ofClient()
  const outcome = await work()
  const client = ofClient() - clientBefore
  const machine = ofMachine() - machineBefore
  const others = await ofOthers(bench)
  const since = (part) => others[part] - othersBefore[part]
  const compiling = sum([...others.compilers].map(([id, time]) => time - (othersBefore.compilers.get(id) ?? 0)))
  const parts = {
    client,
    server: since('server') - compiling,
    'its compilers': compiling,
    launcher: since('launcher'),
    database: since('database'),
    sandboxes: since('sandboxes'),
  }
  return { outcome, spent: { ...parts, 'rest of the host': machine - sum(Object.values(parts)) } }
}

/** What each part had in several times together. */
export const addUp = (times) =>
  Object.fromEntries(Object.keys(times[0]).map((part) => [part, sum(times.map((time) => time[part]))]))

/** A row of the processor time that each of `count` operations took, by part. */
export function processorTimeRow(what, spent, count) {
  const each = Object.entries(spent).map(([part, time]) => [part, time / count])
  const detail = each.map(([part, time]) => `${part} ${time.toFixed(2)}`).join(', ')
  return plainRow(what, sum(each.map(([, time]) => time)), 'ms', detail)
}
