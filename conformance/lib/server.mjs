import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/paddock', import.meta.url))
const READY_LIMIT_MS = 120_000
const IMAGES_LIMIT_MS = 20 * 60_000

/** A TCP port of the loopback address that nothing listens on at present. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

async function until(limitMs, what, condition) {
  const deadline = performance.now() + limitMs
  while (performance.now() < deadline) {
    const value = await condition()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${what} took longer than ${limitMs / 1000} s`)
}

/** A Paddock server of the caller's own, on free ports. */
export class TestServer {
  constructor(dataDir, apiPort, proxyPort, settings) {
    this.dataDir = dataDir
    this.apiPort = apiPort
    this.proxyPort = proxyPort
    this.settings = settings
  }

  /** One that is not started yet. `settings` are environment variables beside those of this process. */
  static async prepare(dataDir, settings = {}) {
    return new TestServer(dataDir, await freePort(), await freePort(), settings)
  }

  get apiUrl() {
    return `http://localhost:${this.apiPort}/api`
  }

  /** Starts the server and returns the milliseconds until it was ready. */
  async start() {
    const start = performance.now()
    this.process = spawn(program, ['up', '--data', this.dataDir], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...this.settings,
        PADDOCK_API_PORT: String(this.apiPort),
        PADDOCK_PROXY_PORT: String(this.proxyPort),
      },
    })
    await until(READY_LIMIT_MS, 'the start of the server', () => {
      if (this.process.exitCode !== null) throw new Error('the server ended while starting')
      return this.answers('/health/ready')
    })
    return performance.now() - start
  }

  async answers(path) {
    try {
      return (await fetch(this.apiUrl + path, { headers: await this.headers() })).ok
    } catch {
      return false
    }
  }

  async key() {
    const text = await readFile(`${this.dataDir}/admin.env`, 'utf8')
    return /^DAYTONA_API_KEY=(.*)$/m.exec(text)[1]
  }

  async headers() {
    return { authorization: `Bearer ${await this.key()}` }
  }

  /** Waits until a snapshot can be used. */
  async snapshotActive(name) {
    await until(IMAGES_LIMIT_MS, `snapshot ${name}`, async () => {
      const answer = await fetch(`${this.apiUrl}/snapshots/${encodeURIComponent(name)}`, {
        headers: await this.headers(),
      })
      const snapshot = await answer.json()
      if (!answer.ok) throw new Error(`the look for snapshot ${name} was answered ${answer.status}: ${snapshot.message}`)
      if (snapshot.state === 'error') throw new Error(snapshot.errorReason)
      return snapshot.state === 'active'
    })
  }

  /** The id of the Java process. */
  async pid() {
    const pid = Number((await readFile(`${this.dataDir}/server.pid`, 'utf8')).trim())
    if (pid === 0) throw new Error('no server runs')
    return pid
  }

  /** Deletes every sandbox, and waits until none is listed. */
  async removeSandboxes() {
    const headers = await this.headers()
    await until(READY_LIMIT_MS, 'the deletion of the sandboxes', async () => {
      const { items } = await (await fetch(`${this.apiUrl}/sandbox`, { headers })).json()
      await Promise.all(
        items.map(({ id }) => fetch(`${this.apiUrl}/sandbox/${id}`, { method: 'DELETE', headers })),
      )
      return items.length === 0
    })
  }

  /** Ends the server as a power cut would, and leaves everything else running. */
  async kill() {
    process.kill(await this.pid(), 'SIGKILL')
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, 'exit')
    }
  }

  /** Ends the embedded PostgreSQL that a killed server left behind, as a reboot would. */
  async killDatabase() {
    const file = `${this.dataDir}/postgres/data/postmaster.pid`
    const pid = Number((await readFile(file, 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await until(10_000, 'the end of PostgreSQL', async () => {
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return state === '' || / Z /.test(state)
    })
  }

  /** Stops the server in order. */
  async stop() {
    process.kill(await this.pid(), 'SIGTERM')
    if (this.process.exitCode === null) await once(this.process, 'exit')
  }
}

/** A field of /proc/PID/status or smaps_rollup in MiB. */
export async function procMiB(path, field) {
  const text = await readFile(path, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)[1]) / 1024
}

/** The ids of all processes whose first argument is `name`. */
export async function processesNamed(name) {
  const found = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    if (command.split('\0')[0] === name) found.push(Number(entry))
  }
  return found
}
