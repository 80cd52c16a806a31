import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'

const PAGE = '<!doctype html><title>small page</title><p>hello'

/** A server inside the sandbox that answers a small page as fast as it can. */
export const pageServer = `
const body = Buffer.from(${JSON.stringify(PAGE)})
require('http').createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length })
  response.end(body)
}).listen(8080, '0.0.0.0')
`

/** nginx as a reverse proxy with keep-alive, on a port of its own. */
export class Nginx {
  static async start(port, upstream) {
    const nginx = new Nginx()
    nginx.dir = await mkdtemp('/var/tmp/paddock-nginx-')
    await writeFile(
      `${nginx.dir}/nginx.conf`,
      `daemon off; pid ${nginx.dir}/pid; error_log stderr crit; worker_processes 1;
       events { worker_connections 1024; }
       http {
         access_log off; keepalive_requests 1000000;
         client_body_temp_path ${nginx.dir}; proxy_temp_path ${nginx.dir};
         fastcgi_temp_path ${nginx.dir}; uwsgi_temp_path ${nginx.dir}; scgi_temp_path ${nginx.dir};
         upstream page { server ${upstream}; keepalive 64; keepalive_requests 1000000; }
         server {
           listen 127.0.0.1:${port};
           location / { proxy_pass http://page; proxy_http_version 1.1; proxy_set_header Connection ""; }
         }
       }`,
    )
    nginx.process = spawn('nginx', ['-c', `${nginx.dir}/nginx.conf`, '-p', nginx.dir], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    await reachable(port)
    return nginx
  }

  async stop() {
    this.process.kill('SIGTERM')
    await once(this.process, 'exit')
    await rm(this.dir, { recursive: true })
  }
}

async function reachable(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1')
    const connected = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (connected) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`nothing listens on port ${port}`)
}
