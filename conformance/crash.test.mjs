// What survives a killed server and a rebooted host, and what a crash leaves behind: nothing.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { access, readFile, readdir } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Daytona } from 'sdk-0-190-1'
import { TestServer } from './lib/server.mjs'

const AGENT = '/.paddock/agent'
const DATA = process.env.PADDOCK_CRASH_DATA ?? '/var/lib/paddock-crash-test'
// Run directory and control groups are named after the data directory.
const SHORT_NAME = createHash('md5').update(`${DATA}/engine`).digest('hex').slice(0, 8)
const RUN = `/run/paddock/${SHORT_NAME}`
let server
let daytona

before(async () => {
  server = await TestServer.prepare(DATA)
  await server.start()
  await server.snapshotActive('default')
  daytona = new Daytona({ apiKey: await server.key(), apiUrl: server.apiUrl })
  await server.removeSandboxes()
})

after(async () => {
  await server.removeSandboxes()
  await server.stop()
})

test('a killed server loses and doubles not one line of a running command', async () => {
  const sandbox = await daytona.create()
  await sandbox.process.createSession('ticker')
  const { cmdId } = await sandbox.process.executeSessionCommand('ticker', {
    command: 'for i in $(seq 1 1000); do echo "line $i"; sleep 0.05; done',
    runAsync: true,
  })
  const firstPids = await agentsOfThisServer()

  await pause(1500)
  await server.kill()
  await pause(1500)
  await server.start()

  const again = await daytona.get(sandbox.id)
  assert.equal(again.state, 'started')
  assert.deepEqual(await agentsOfThisServer(), firstPids)
  assert.equal((await again.process.getSessionCommand('ticker', cmdId)).exitCode ?? null, null)
  await pause(1000)
  const lines = (await again.process.getSessionCommandLogs('ticker', cmdId)).stdout.trim().split('\n')
  assert.ok(lines.length > 40, `only ${lines.length} lines`)
  lines.forEach((line, i) => assert.equal(line, `line ${i + 1}`))
  await again.delete()
})

test('after a reboot sandboxes are stopped, start again and keep their files', async () => {
  const sandbox = await daytona.create()
  await sandbox.fs.uploadFile(Buffer.from('kept'), '/home/daytona/kept.txt')

  await server.kill()
  await killEverySandboxProcess()
  await server.killDatabase()
  await server.start()

  const again = await daytona.get(sandbox.id)
  await until(async () => {
    await again.refreshData()
    return again.state === 'stopped'
  })
  await again.start()
  assert.equal((await again.fs.downloadFile('/home/daytona/kept.txt')).toString(), 'kept')
  await again.delete()
})

test('a crash in the middle of creates and deletes leaves nothing behind', async () => {
  const doomed = await Promise.all([daytona.create(), daytona.create()])
  const inFlight = [
    ...Array.from({ length: 8 }, () => daytona.create()),
    ...doomed.map((sandbox) => sandbox.delete()),
  ].map((work) => work.catch(() => {}))
  await pause(60)
  await server.kill()
  await Promise.all(inFlight)
  await server.start()

  await server.removeSandboxes()
  await until(async () => (await agentsOfThisServer()).length === 0)
  assert.deepEqual(await sandboxDirectories(), [])
  assert.deepEqual(await runDirectories(), [])
  assert.deepEqual(await sandboxMounts(), [])
  await until(async () => isDeepStrictEqual(await slotsWithProcesses(), await slotsWithSockets()))
})

/** First processes of the sandboxes that the server says are running. */
async function agentsOfThisServer() {
  const pids = []
  for (const id of await runDirectories()) {
    const record = await readFile(`${RUN}/sandboxes/${id}/running`, 'utf8').catch(() => '')
    const pid = Number(record.split(' ')[0])
    if (pid > 0 && (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).startsWith(AGENT)) pids.push(pid)
  }
  return pids
}

async function runDirectories() {
  return readdir(`${RUN}/sandboxes`).catch(() => [])
}

/** Slots in use, be it by a sandbox or by one that is begun ahead: processes left in others would stand out. */
async function slotsWithSockets() {
  const sockets = await readdir(`${RUN}/agents`)
  return sockets.map((name) => name.replace(/\.sock$/, '')).sort()
}

async function slotsWithProcesses() {
  const unified = await access('/sys/fs/cgroup/cgroup.controllers').then(() => true, () => false)
  const root = unified ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory'
  const parent = `${root}/paddock-${SHORT_NAME}`
  const groups = (await readdir(parent, { withFileTypes: true })).filter((group) => group.isDirectory())
  const processes = await Promise.all(
    groups.map(({ name }) => readFile(`${parent}/${name}/cgroup.procs`, 'utf8').catch(() => '')),
  )
  return groups.filter((_, place) => processes[place] !== '').map(({ name }) => name.replace(/^slot-/, '')).sort()
}

async function ownSandboxIds() {
  return (await readdir(`${DATA}/engine/sandboxes`).catch(() => [])).filter((name) => name.length === 36)
}

async function killEverySandboxProcess() {
  for (const pid of await agentsOfThisServer()) process.kill(pid, 'SIGKILL')
  await until(async () => (await agentsOfThisServer()).length === 0)
}

async function sandboxDirectories() {
  return ownSandboxIds()
}

async function sandboxMounts() {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8')
  return mounts.split('\n').filter((line) => line.includes(`${DATA}/engine/sandboxes`))
}

async function until(condition, limitMs = 60_000) {
  const deadline = performance.now() + limitMs
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, 'it took too long')
    await pause(100)
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
