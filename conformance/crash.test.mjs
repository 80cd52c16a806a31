// What survives a killed server and a rebooted host, and what a crash leaves behind: nothing.
import assert from 'node:assert/strict'
import { access, readFile, readdir } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { Daytona } from 'sdk-0-190-1'
import { TestServer, processesNamed } from './lib/server.mjs'

const AGENT = '/.paddock/agent'
const DATA = process.env.PADDOCK_CRASH_DATA ?? '/var/lib/paddock-crash-test'
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
  const interrupted = await ownSandboxIds()
  await Promise.all(inFlight)
  await server.start()

  await server.removeSandboxes()
  await until(async () => (await agentsOfThisServer()).length === 0)
  assert.deepEqual(await sandboxDirectories(), [])
  assert.deepEqual(await sandboxMounts(), [])
  assert.deepEqual(await cgroupsOf(interrupted), [])
})

/** Agents whose sandbox this server's data directory made: other servers may run on the machine. */
async function agentsOfThisServer() {
  const pids = []
  for (const pid of await processesNamed(AGENT)) {
    const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '')
    const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')
    if (mounts.includes(DATA) || (await ownSandboxIds()).some((id) => cgroup.includes(id))) pids.push(pid)
  }
  return pids
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

/** Other servers may run on the machine, so only cgroups of known sandboxes count. */
async function cgroupsOf(ids) {
  const unified = await access('/sys/fs/cgroup/cgroup.controllers').then(() => true, () => false)
  const root = unified ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory'
  const parents = (await readdir(root)).filter((name) => name.startsWith('paddock-'))
  const children = await Promise.all(parents.map((parent) => readdir(`${root}/${parent}`).catch(() => [])))
  return children.flat().filter((name) => ids.includes(name))
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
