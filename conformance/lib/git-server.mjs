// Runs inside a sandbox: git's own HTTP service, `git http-backend`, behind Node.js's web servers, for
// callers with a password.
//
//   node git-server.mjs ROOT USER PASSWORD HTTP-PORT [HTTPS-PORT KEY CERTIFICATE]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const [root, user, password, port, securePort, key, certificate] = process.argv.slice(2);
const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function answer(request, response) {
  if (request.headers.authorization !== expected) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
    return;
  }
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/forbidden')) {
    response.writeHead(403).end();
    return;
  }
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: user,
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => request.resume());
  relay(backend.stdout, response);
}

/** Sends what a CGI program writes: headers, an empty line and the body. */
function relay(output, response) {
  let head = Buffer.alloc(0);
  const onData = (chunk) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    output.off('data', onData);
    const headers = head.subarray(0, end).toString().split('\r\n').map((line) => line.split(/: (.*)/s));
    const status = headers.find(([name]) => name === 'Status');
    response.statusCode = status ? Number.parseInt(status[1], 10) : 200;
    for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
    response.write(head.subarray(end + 4));
    output.pipe(response);
  };
  output.on('data', onData);
}

createServer(answer).listen(Number(port), '127.0.0.1');
if (securePort) {
  createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer).listen(
    Number(securePort),
    '127.0.0.1',
  );
}
