import { resolve } from 'node:path'
import { Daytona } from '@daytonaio/sdk'
import { TestServer } from '../../conformance/lib/server.mjs'
import { HostView } from './host-view.mjs'
import { RawClient } from './raw-client.mjs'
import { runcBaseline } from './runc.mjs'

const BASELINE_RUNS = 30
const SNAPSHOTS = ['default', 'opencode']

/** Tells how far the run is. */
export const say = (text) => process.stderr.write(`bench: ${text}\n`)

/** Where the server of the benchmark keeps its data between runs. */
export const dataDir = resolve(process.env.PADDOCK_BENCH_DATA ?? '/var/lib/paddock-bench')

/** What the figures are taken with: a server and its clients. `server` and `host` are absent from afar. */
export class Bench {
  constructor(options, apiUrl, key, server) {
    this.options = options
    this.apiUrl = apiUrl
    this.daytona = new Daytona({ apiKey: key, apiUrl })
    this.raw = new RawClient(apiUrl, key)
    this.server = server
    this.host = server && new HostView(server)
  }

  /** A server of the benchmark's own, with its default snapshot ready. */
  static async local(options) {
    const server = await TestServer.prepare(dataDir)
    await server.start()
    try {
      say('waiting for the images')
      // All that the server makes by itself, so that nothing goes on beside the measurements.
      for (const name of SNAPSHOTS) await server.snapshotActive(name)
      await server.removeSandboxes()
      return new Bench(options, server.apiUrl, await server.key(), server)
    } catch (error) {
      await server.stop()
      throw error
    }
  }

  /** The server that DAYTONA_API_URL and DAYTONA_API_KEY name. */
  static remote(options) {
    const { DAYTONA_API_URL: apiUrl, DAYTONA_API_KEY: key } = process.env
    if (!apiUrl || !key) throw new Error('--remote needs DAYTONA_API_URL and DAYTONA_API_KEY')
    return new Bench(options, apiUrl, key)
  }

  /** The bare runtime on this machine, measured once a run; see lib/runc.mjs. */
  baseline() {
    if (!this.measuredBaseline) {
      say(`bare runc, ${BASELINE_RUNS} times`)
      this.measuredBaseline = runcBaseline(BASELINE_RUNS)
    }
    return this.measuredBaseline
  }

  /** Takes away what a group of figures left. */
  async tidy() {
    if (this.server) await this.server.removeSandboxes()
  }

  /** Lets go of the server, and stops the benchmark's own. */
  async close() {
    this.raw.close()
    if (this.server) await this.server.stop()
  }
}
