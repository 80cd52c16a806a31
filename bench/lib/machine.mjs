import { readFile } from 'node:fs/promises'
import { arch, cpus, release, totalmem } from 'node:os'

/** What the figures were taken on. */
export async function machine() {
  const model = /model name\s*:\s*(.*)/.exec(await readFile('/proc/cpuinfo', 'utf8'))
  return {
    cpu: model ? model[1] : arch(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
  }
}
