// A server that makes nothing: it answers every create and every command at once with what a real one answered, and
// every download with the same random bytes. Started with both answers as JSON, the path of the file and its bytes in
// the environment; says its address on standard output.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

const { CANNED_SANDBOX: sandbox, CANNED_RESULT: result, CANNED_PATH: path, CANNED_BYTES: bytes } = process.env
const BOUNDARY = 'canned-by-the-benchmark'
const JSON_TYPE = 'application/json'
let answers

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const found = Object.entries(answers).find(([end]) => request.method === 'POST' && request.url.endsWith(end))
    const { type, body } = found ? found[1] : { type: JSON_TYPE, body: '{}' }
    response.writeHead(found ? 200 : 404, { 'content-type': type })
    response.end(body)
  })
})

/** The file as the one part of a form. */
function form() {
  const disposition = `Content-Disposition: form-data; name="file"; filename="${path}"`
  const head = `--${BOUNDARY}\r\n${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`
  return Buffer.concat([Buffer.from(head), randomBytes(Number(bytes)), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
}

server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`
  const toolboxProxyUrl = `${address}/toolbox`
  answers = {
    '/sandbox': { type: JSON_TYPE, body: JSON.stringify({ ...JSON.parse(sandbox), toolboxProxyUrl }) },
    '/process/execute': { type: JSON_TYPE, body: result },
    '/files/bulk-download': { type: `multipart/form-data; boundary=${BOUNDARY}`, body: form() },
  }
  process.stdout.write(`${address}\n`)
})
