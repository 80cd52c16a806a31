import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { hasEnded, read } from './processes.mjs'

const GROUPS = '/sys/fs/cgroup'
const RUN = '/run/paddock'

const list = (directory) => (existsSync(directory) ? readdirSync(directory) : [])

/** What this host holds of a server's sandboxes, looked at from outside the server. */
export class HostView {
  constructor(server) {
    this.server = server
    this.engineDir = `${server.dataDir}/engine`
    // Run directory and control groups are named after the data directory.
    this.shortName = createHash('md5').update(this.engineDir).digest('hex').slice(0, 8)
    this.runDir = `${RUN}/${this.shortName}`
  }

  /** The groups that hold the sandboxes' groups: one per hierarchy. */
  parents() {
    const name = `paddock-${this.shortName}`
    return [GROUPS, ...list(GROUPS).map((hierarchy) => `${GROUPS}/${hierarchy}`)]
      .map((root) => `${root}/${name}`)
      .filter((parent) => existsSync(parent))
  }

  /** Names of the groups below one of the parents. */
  groups(parent) {
    return readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  }

  /** Everything of one running sandbox: the paths of its directories, and the processes in its control groups. */
  belongings(id) {
    const [pid, , slot] = read(`${this.runDir}/sandboxes/${id}/running`).split(' ')
    const groups = this.parents().map((parent) => `${parent}/slot-${slot}`).filter((group) => existsSync(group))
    const processes = new Set(groups.flatMap((group) => read(`${group}/cgroup.procs`).split('\n')))
    processes.delete('')
    if (!processes.has(pid)) throw new Error(`sandbox ${id} is not in its control groups`)
    const directories = [`${this.runDir}/sandboxes/${id}`, `${this.engineDir}/sandboxes/${id}`]
    if (groups.length === 0 || processes.size === 0 || !existsSync(directories[0])) {
      throw new Error(`the benchmark does not find on the host what belongs to sandbox ${id}`)
    }
    return { directories, processes: [...processes] }
  }

  /**
   * Whether nothing of a sandbox is left, its discarded files and its mounts included. Its control groups are its
   * slot's, and may be in use again.
   */
  isGone(id, { directories, processes }) {
    return (
      directories.every((path) => !existsSync(path)) &&
      processes.every(hasEnded) &&
      list(`${this.engineDir}/trash`).every((name) => !name.startsWith(id)) &&
      !this.mounts().includes(id)
    )
  }

  /** The mount table that the host's processes see. */
  mounts() {
    return read('/proc/1/mountinfo')
  }

  /** The first part of the names of this server's network links. */
  linkPrefix() {
    const block = list(`${RUN}/networks`).find((name) => read(`${RUN}/networks/${name}`) === this.engineDir)
    if (block === undefined) throw new Error('the benchmark does not find the network links of its server')
    return `pdk${Number(block).toString(16)}-`
  }
}
