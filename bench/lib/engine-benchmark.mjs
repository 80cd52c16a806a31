import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const LIMIT_MS = 10 * 60_000

/**
 * Milliseconds of the engine's creates and destroys, taken in a Java process of their own. `ready` is how many sandboxes
 * it begins ahead, when not as many as usual.
 */
export async function engineBenchmark(dataDir, { ready } = {}) {
  const home = (await run(`${root}scripts/find-jdk`)).stdout.trim()
  const runtime = process.env.PADDOCK_RUNTIME
  const { stdout } = await run(
    `${home}/bin/java`,
    [
      // As the server is run.
      ...['-Xms48m', '-Xmx176m', '-XX:+UseSerialGC'],
      ...['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow'],
      ...(runtime ? [`-Dpaddock.bench.runtime=${runtime}`] : []),
      ...(ready === undefined ? [] : [`-Dpaddock.bench.ready=${ready}`]),
      `-Dpaddock.home=${root}`,
      `-Dpaddock.agent=${root}agent/target/release/paddock-agent`,
      `-Dpaddock.launcher=${root}launcher/target/release/paddock-launcher`,
      ...['-cp', `${root}engine/target/test-classes:${root}server/target/paddock/lib/*`],
      'dev.paddock.engine.bench.CreateBenchmark',
      dataDir,
    ],
    { timeout: LIMIT_MS, maxBuffer: 1 << 20 },
  )
  const { first, create, destroy } = JSON.parse(stdout.trim().split('\n').at(-1))
  const millis = (values) => values.map((micros) => micros / 1000)
  return { first: millis(first), create: millis(create), destroy: millis(destroy) }
}
