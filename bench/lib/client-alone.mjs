import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Daytona } from '@daytonaio/sdk'

const SERVER = fileURLToPath(new URL('./canned-server.mjs', import.meta.url))

/**
 * Gives `work` the official client of a server that answers at once, with what the real one answers to a create and to
 * its first command, and with random bytes to the download of a file.
 *
 * @param file path and number of bytes of the only file
 */
export async function withClientAlone(bench, file, work) {
  const sandbox = await bench.raw.create()
  const result = await bench.raw.call('POST', bench.raw.executeUrl(sandbox), { command: 'echo' })
  await bench.raw.discard(sandbox)
  const answers = {
    CANNED_SANDBOX: JSON.stringify(sandbox),
    CANNED_RESULT: JSON.stringify(result),
    CANNED_PATH: file.path,
    CANNED_BYTES: String(file.bytes),
  }
  const server = spawn(process.execPath, [SERVER], {
    env: { ...process.env, ...answers },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(server, 'exit')
  try {
    const address = await Promise.race([once(server.stdout, 'data'), ended.then(() => undefined)])
    if (!address) throw new Error('the server that answers at once did not start')
    return await work(new Daytona({ apiKey: 'none', apiUrl: String(address).trim() }))
  } finally {
    server.kill()
    await ended
  }
}
