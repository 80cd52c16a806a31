// What a server tells of its own snapshots when their images cannot be made.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Daytona } from 'sdk-0-190-1'
import { TestServer } from './lib/server.mjs'

const run = promisify(execFile)
const paddock = fileURLToPath(new URL('../bin/paddock', import.meta.url))
const NO_DIRECTORY = '/dev/null/images'
let data
let server
let daytona

before(async () => {
  data = await mkdtemp('/var/tmp/paddock-first-start.')
  server = await TestServer.prepare(data, { PADDOCK_IMAGE_CACHE: NO_DIRECTORY })
  await server.start()
  daytona = new Daytona({ apiKey: await server.key(), apiUrl: server.apiUrl })
})

after(async () => {
  await server.stop()
  await rm(data, { recursive: true })
})

test('the wait for a snapshot that cannot come ends with the reason', async () => {
  const env = { ...process.env, DAYTONA_API_URL: server.apiUrl, DAYTONA_API_KEY: await server.key() }
  const failure = await run(paddock, ['image', 'wait', 'default'], { env, timeout: 60_000 }).then(
    () => assert.fail('it ended as if the snapshot could be used'),
    (error) => error,
  )
  assert.equal(failure.code, 1)
  assert.match(failure.stderr, /Snapshot default failed: Its image could not be made; the server's log says why/)
})

test('the list shows it with its reason, and no place on the host', async () => {
  const { items } = await daytona.snapshot.list()
  const snapshot = items.find(({ name }) => name === 'default')
  assert.equal(snapshot.state, 'error')
  assert.match(snapshot.errorReason, /could not be made/)
  assert.doesNotMatch(JSON.stringify(items), new RegExp(`${NO_DIRECTORY}|${data}`))
})

test('a create from it is refused with the reason', async () => {
  await assert.rejects(daytona.create(), /Snapshot default cannot be used: Its image could not be made/)
})
