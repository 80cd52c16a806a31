import { freePort } from '../../conformance/lib/server.mjs'
import { say } from '../lib/bench.mjs'
import { Nginx, pageServer } from '../lib/preview.mjs'
import { row } from '../lib/table.mjs'
import { requestsPerSecond } from '../lib/wrk.mjs'

const LOAD = { connections: 32, seconds: 5 }
const WARM_UP_ROUNDS = 2
const ROUNDS = 3

export const name = 'preview'

async function servePage(sandbox) {
  await sandbox.fs.uploadFile(Buffer.from(pageServer), '/home/daytona/page.cjs')
  await sandbox.process.createSession('page')
  await sandbox.process.executeSessionCommand('page', { command: 'node /home/daytona/page.cjs', runAsync: true })
  await sandbox.process.executeCommand('until curl -s -o /dev/null localhost:8080; do sleep 0.1; done', undefined, undefined, 30)
}

async function measure(sandbox, server) {
  const link = await sandbox.getPreviewLink(8080)
  const address = (await sandbox.process.executeCommand("hostname -I | cut -d' ' -f1")).result.trim()
  const proxyUrl = `http://127.0.0.1:${server.proxyPort}/`
  const headers = { Host: new URL(link.url).host, 'x-daytona-preview-token': link.token }
  const nginxPort = await freePort()
  const nginx = await Nginx.start(nginxPort, `${address}:8080`)
  try {
    const best = { paddock: 0, nginx: 0 }
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const viaNginx = await requestsPerSecond(`http://127.0.0.1:${nginxPort}/`, {}, LOAD)
      const viaPaddock = await requestsPerSecond(proxyUrl, headers, LOAD)
      if (round < WARM_UP_ROUNDS) continue
      best.nginx = Math.max(best.nginx, viaNginx)
      best.paddock = Math.max(best.paddock, viaPaddock)
    }
    return best
  } finally {
    await nginx.stop()
  }
}

export async function take(bench) {
  say('previews against nginx')
  const sandbox = await bench.daytona.create()
  await servePage(sandbox)
  const { paddock, nginx } = await measure(sandbox, bench.server)
  await sandbox.delete()
  return [
    row('preview GET, 32 connections / nginx', paddock / nginx, '×', 0.5, {
      atLeast: true,
      detail: `${paddock.toFixed(0)} requests/s; nginx ${nginx.toFixed(0)}`,
    }),
  ]
}
