// A server that makes nothing: it answers every create and every command at once with what a real one answered.
// Started with both answers as JSON in the environment; says its address on standard output.
import { createServer } from 'node:http'

const { CANNED_SANDBOX: sandbox, CANNED_RESULT: result } = process.env
let answers

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const found = Object.entries(answers).find(([path]) => request.method === 'POST' && request.url.endsWith(path))
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(found ? found[1] : '{}')
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`
  const toolboxProxyUrl = `${address}/toolbox`
  answers = {
    '/sandbox': JSON.stringify({ ...JSON.parse(sandbox), toolboxProxyUrl }),
    '/process/execute': result,
  }
  process.stdout.write(`${address}\n`)
})
