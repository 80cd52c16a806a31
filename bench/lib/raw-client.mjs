import http from 'node:http'
import https from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'

const LIMIT_MS = 60_000
const BUSY_MS = 5000

/** The API without a client library: JSON over connections that stay open. */
export class RawClient {
  constructor(apiUrl, key) {
    this.apiUrl = apiUrl.replace(/\/$/, '')
    this.authorization = `Bearer ${key}`
    this.transport = this.apiUrl.startsWith('https:') ? https : http
    this.agent = new this.transport.Agent({ keepAlive: true })
  }

  /** Sends one request to a path of the API or a whole address; fails unless it is answered 2xx. */
  async call(method, address, body) {
    const { status, text } = await this.ask(method, address, body)
    if (status < 200 || status > 299) throw new Error(`${method} ${address} was answered ${status}: ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  /** The same, with whatever answer. */
  ask(method, address, body) {
    const url = address.startsWith('http') ? address : this.apiUrl + address
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = { authorization: this.authorization }
    if (payload !== undefined) {
      headers['content-type'] = 'application/json'
      headers['content-length'] = Buffer.byteLength(payload)
    }
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.agent, timeout: LIMIT_MS }
      const request = this.transport.request(url, options, (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }))
        response.on('error', reject)
      })
      request.on('timeout', () => request.destroy(new Error(`${method} ${address} took longer than ${LIMIT_MS} ms`)))
      request.on('error', reject)
      request.end(payload)
    })
  }

  /** A started sandbox of the default snapshot. */
  async create() {
    const sandbox = await this.call('POST', '/sandbox', {})
    if (sandbox.state !== 'started') throw new Error(`a created sandbox is ${sandbox.state}`)
    return sandbox
  }

  /** Deletes a sandbox with a single request. */
  delete(sandbox) {
    return this.call('DELETE', `/sandbox/${sandbox.id}`)
  }

  /** Clears a sandbox away where that is not what is measured: one that is busy for a moment is waited for. */
  async discard(sandbox) {
    const deadline = performance.now() + BUSY_MS
    for (;;) {
      const { status, text } = await this.ask('DELETE', `/sandbox/${sandbox.id}`)
      if (status < 300) return
      if (status !== 409 || performance.now() > deadline) {
        throw new Error(`DELETE of sandbox ${sandbox.id} was answered ${status}: ${text}`)
      }
      await pause(20)
    }
  }

  /** Where a sandbox executes commands. */
  executeUrl(sandbox) {
    return `${sandbox.toolboxProxyUrl.replace(/\/$/, '')}/${sandbox.id}/process/execute`
  }

  /** Runs `true` in a sandbox and makes sure that it did. */
  async executeTrue(sandbox) {
    const answer = await this.call('POST', this.executeUrl(sandbox), { command: 'true' })
    if (answer.exitCode !== 0) throw new Error(`"true" ended with ${answer.exitCode}`)
  }

  /** Lets go of the connections. */
  close() {
    this.agent.destroy()
  }
}

/** Milliseconds of `count` creates, one after the other, each sandbox deleted before the next. */
export async function createTimings(raw, count) {
  const values = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    const sandbox = await raw.create()
    values.push(performance.now() - start)
    await raw.discard(sandbox)
  }
  return values
}
