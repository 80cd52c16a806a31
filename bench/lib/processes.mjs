import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

const DATABASE = 'postgres'

/** The contents of a file, or nothing when it is gone. */
export function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function stat(pid) {
  const parts = /^\d+ \((.*)\) (\S) (\d+) /s.exec(read(`/proc/${pid}/stat`))
  return parts && { name: parts[1], state: parts[2], parent: Number(parts[3]) }
}

/** Whether a process has ended. One that only the host's init still has to take note of counts as ended. */
export function hasEnded(pid) {
  const found = stat(pid)
  return !found || (found.state === 'Z' && found.parent === 1)
}

/** Whether a process is one of a PostgreSQL server's. */
export function isDatabase(pid) {
  return stat(pid)?.name === DATABASE
}

/** Process ids of this host. */
export function allProcesses() {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number)
}

/** A process and all below it, except PostgreSQL's. */
export function processTree(root) {
  const children = new Map()
  for (const pid of allProcesses()) {
    const found = stat(pid)
    if (!found || found.name === DATABASE) continue
    children.set(found.parent, [...(children.get(found.parent) ?? []), pid])
  }
  const below = (pid) => [pid, ...(children.get(pid) ?? []).flatMap(below)]
  return below(root)
}

function link(path) {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** What a process's descriptors point to. */
export function descriptors(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`)).filter((target) => target)
  } catch {
    return []
  }
}

/** Network namespaces that a process is in or holds open. */
export function networkNamespaces(pid) {
  const held = descriptors(pid).filter((target) => target.startsWith('net:['))
  return [link(`/proc/${pid}/ns/net`), ...held].filter((target) => target)
}
