import { dataDir, say } from '../lib/bench.mjs'
import { Docker } from '../lib/docker.mjs'
import { createTimings } from '../lib/raw-client.mjs'
import { summary, timings } from '../lib/statistics.mjs'
import { milliseconds, missingRow, plainRow, row } from '../lib/table.mjs'

const RUNS = 100
const WARM_UP = 100
const DOCKER_RUNS = 30
const IMAGE = 'bench:latest'
/** What `docker run` and `runc run` took on the machine that the limits in milliseconds were set for. */
const LIMITS_MACHINE = { docker: 190, runc: 25 }
const AGAINST_DOCKER = 'raw HTTP create / docker run -d of the same image'

export const name = 'docker'

export async function take(bench) {
  const runc = (await bench.baseline()).run
  say(`create by raw HTTP, ${RUNS} times`)
  await createTimings(bench.raw, WARM_UP)
  const create = await createTimings(bench.raw, RUNS)
  const { p50 } = summary(create)
  return [
    ...(await againstDocker(create)),
    row('raw HTTP create / runc run', p50 / summary(runc).p50, '×', 1 / 4, {
      detail: `${milliseconds(create)}; runc run ${milliseconds(runc)}`,
    }),
    slower('runc', runc),
  ]
}

async function againstDocker(create) {
  try {
    const docker = await dockerRuns()
    return [
      row(AGAINST_DOCKER, summary(create).p50 / summary(docker).p50, '×', 1 / 30, {
        detail: `${milliseconds(create)}; docker ${milliseconds(docker)}`,
      }),
      slower('docker', docker),
    ]
  } catch (error) {
    return [missingRow(AGAINST_DOCKER, error.message)]
  }
}

/** How much longer than on the machine that the limits were set for. */
function slower(program, values) {
  const there = LIMITS_MACHINE[program]
  return plainRow(`${program} run here / on the machine of the limits`, summary(values).p50 / there, '×', `${there} ms there`)
}

async function dockerRuns() {
  say(`docker run, ${DOCKER_RUNS} times`)
  const docker = await Docker.start(`${dataDir}/bench-docker`)
  try {
    await docker.load(process.env.PADDOCK_IMAGE_CACHE ?? '/var/cache/paddock/images', 'default', IMAGE)
    const containers = []
    const one = async () => containers.push(await docker.client('run', '--detach', IMAGE, 'sleep', 'infinity'))
    const removeLast = () => docker.client('rm', '--force', containers.pop())
    const values = []
    for (let i = 0; i < DOCKER_RUNS + 3; i++) {
      values.push(...(await timings(1, one)))
      await removeLast()
    }
    return values.slice(-DOCKER_RUNS)
  } finally {
    await docker.stop()
  }
}
