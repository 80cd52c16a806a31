import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, closeSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { processTree } from './processes.mjs'

const run = promisify(execFile)
const CLIENT = '/usr/bin/docker'
const GROUPS = '/sys/fs/cgroup'
const GROUP = 'bench-docker'
const READY_MS = 30_000
const STOP_MS = 20_000
const LOAD_MS = 300_000
const LOAD = `dir=$1 layout=$2 client=$3 socket=$4; shift 4
tar -cf - -C "$dir" manifest.json -C "$layout" "$@" | "$client" --host "unix://$socket" load`

/**
 * A Docker Engine of the benchmark's own. It has its own network, mounts and process ids, so that
 * its bridge and firewall rules meet nobody else's and nothing of it stays.
 */
export class Docker {
  constructor(dir) {
    this.dir = dir
    this.socket = `${dir}/docker.sock`
  }

  /** Starts it on files in `dir`; fails with the last line of its log. */
  static async start(dir) {
    const docker = new Docker(dir)
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(`${dir}/daemon.json`, '{}')
    const log = openSync(`${dir}/log`, 'w')
    docker.process = spawn(
      'unshare',
      [
        ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
        ...['sh', '-c', 'ip link set lo up && exec dockerd "$@"', 'dockerd'],
        ...['--config-file', `${dir}/daemon.json`, '--data-root', `${dir}/data`, '--exec-root', `${dir}/exec`],
        ...['--pidfile', `${dir}/pid`, '--host', `unix://${docker.socket}`],
        ...['--storage-driver', 'overlay2', '--cgroup-parent', `/${GROUP}`],
      ],
      { stdio: ['ignore', log, log] },
    )
    closeSync(log)
    try {
      await docker.ready()
    } catch (error) {
      await docker.stop()
      throw error
    }
    return docker
  }

  async ready() {
    const deadline = performance.now() + READY_MS
    while (!existsSync(this.socket) || !(await this.answers())) {
      if (this.process.exitCode !== null || performance.now() > deadline) {
        const lines = (await readFile(`${this.dir}/log`, 'utf8')).trim().split('\n')
        throw new Error(`dockerd did not start here: ${lines.at(-1)}`)
      }
      await pause(50)
    }
  }

  answers() {
    return this.client('version').then(() => true, () => false)
  }

  /** What one call of docker's command line prints. */
  async client(...command) {
    const { stdout } = await run(CLIENT, ['--host', `unix://${this.socket}`, ...command], { timeout: 60_000 })
    return stdout.trim()
  }

  /** Loads an image out of an OCI layout, layer for layer. */
  async load(layout, reference, name) {
    const blob = (descriptor) => `blobs/${descriptor.digest.replace(':', '/')}`
    const json = async (path) => JSON.parse(await readFile(`${layout}/${path}`, 'utf8'))
    const named = (entry) => entry.annotations?.['org.opencontainers.image.ref.name'] === reference
    const entry = (await json('index.json')).manifests.find(named)
    if (!entry) throw new Error(`there is no image ${reference} in ${layout}`)
    const { config, layers } = await json(blob(entry))
    const parts = [config, ...layers].map(blob)
    const manifest = [{ Config: parts[0], RepoTags: [name], Layers: parts.slice(1) }]
    await writeFile(`${this.dir}/manifest.json`, JSON.stringify(manifest))
    const words = [this.dir, layout, CLIENT, this.socket, ...parts]
    await run('sh', ['-c', LOAD, 'sh', ...words], { timeout: LOAD_MS })
  }

  /** Ends it and removes its files. */
  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit')
      // unshare takes all of its process namespace with it, and waits for the daemon otherwise.
      const kill = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS)
      const [, daemon] = processTree(this.process.pid)
      if (daemon) process.kill(daemon, 'SIGTERM')
      await ended
      clearTimeout(kill)
    }
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    const hierarchies = (await readdir(GROUPS)).map((name) => `${GROUPS}/${name}`)
    for (const root of [GROUPS, ...hierarchies]) await removeGroup(`${root}/${GROUP}`)
  }
}

async function removeGroup(group) {
  if (!existsSync(group)) return
  for (const entry of await readdir(group, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeGroup(`${group}/${entry.name}`)
  }
  await rmdir(group)
}
