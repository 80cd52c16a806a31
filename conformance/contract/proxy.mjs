// Stands between the clients and the server, passes everything on as it is, and holds every answer
// against the contract.
import { createServer, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';

const LARGEST_CHECKED_BYTES = 64 * 1024 * 1024;
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection']);

export class CheckingProxy {
  /** @param apiUrl where the server's API is; its toolbox is at the same origin */
  constructor(apiUrl, contract) {
    this.target = new URL(apiUrl);
    this.contract = contract;
    this.answers = 0;
    this.tooLarge = 0;
    /** Sentences with the number of answers that they are true of. */
    this.violations = new Map();
  }

  async listen() {
    this.server = createServer((request, response) => this.#forward(request, response));
    this.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.server.requestTimeout = 0;
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get origin() {
    return `http://localhost:${this.server.address().port}`;
  }

  get apiUrl() {
    return this.origin + this.target.pathname;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  #forward(request, response) {
    const outgoing = httpRequest({
      host: this.target.hostname,
      port: this.target.port,
      method: request.method,
      path: request.url,
      headers: { ...withoutHopByHop(request.headers), host: this.target.host },
    });
    request.pipe(outgoing);
    response.on('close', () => outgoing.destroy());
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => this.#answer(request, answer, response));
  }

  #answer(request, answer, response) {
    const isJson = /^application\/json\b/.test(answer.headers['content-type'] ?? '');
    answer.on('error', () => response.destroy());
    if (isJson && request.url.startsWith('/api/')) {
      this.#answerWhole(request, answer, response);
      return;
    }
    response.writeHead(answer.statusCode, withoutHopByHop(answer.headers));
    answer.pipe(response);
    const chunks = [];
    let size = 0;
    if (isJson) {
      answer.on('data', (chunk) => {
        size += chunk.length;
        if (size <= LARGEST_CHECKED_BYTES) chunks.push(chunk);
        else chunks.length = 0;
      });
    }
    answer.on('end', () => {
      if (size > LARGEST_CHECKED_BYTES) this.tooLarge += 1;
      const whole = isJson && size <= LARGEST_CHECKED_BYTES;
      this.#check(request, answer.statusCode, whole ? Buffer.concat(chunks) : undefined);
    });
  }

  /** Answers of the API name the toolbox's address: clients shall come back through here. */
  async #answerWhole(request, answer, response) {
    const chunks = await answer.toArray().catch(() => undefined);
    if (!chunks) {
      response.destroy();
      return;
    }
    const body = Buffer.concat(chunks);
    const rewritten = Buffer.from(
      body.toString().replaceAll(`"${this.target.origin}/toolbox`, `"${this.origin}/toolbox`),
    );
    const { 'transfer-encoding': _, ...headers } = withoutHopByHop(answer.headers);
    response.writeHead(answer.statusCode, { ...headers, 'content-length': rewritten.length });
    response.end(rewritten);
    this.#check(request, answer.statusCode, body);
  }

  #check(request, status, text) {
    this.answers += 1;
    const path = request.url.split('?')[0];
    let body;
    try {
      body = text?.length ? JSON.parse(text) : undefined;
    } catch {
      this.#note(`${request.method} ${path}: the body is no JSON, though it says so`);
      return;
    }
    const version = request.headers['x-daytona-sdk-version'];
    for (const sentence of this.contract.violations(version, request.method, path, status, body)) this.#note(sentence);
  }

  #note(sentence) {
    this.violations.set(sentence, (this.violations.get(sentence) ?? 0) + 1);
  }

  #upgrade(request, socket, head) {
    const outgoing = connect(this.target.port, this.target.hostname, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
      }
      outgoing.write(`${lines.join('\r\n')}\r\n\r\n`);
      outgoing.write(head);
      socket.pipe(outgoing).pipe(socket);
    });
    outgoing.once('data', (chunk) => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1'))?.[1]);
      if (status >= 500) this.#note(`${request.method} ${request.url.split('?')[0]}: status ${status} to a WebSocket`);
    });
    socket.on('error', () => outgoing.destroy());
    outgoing.on('error', () => socket.destroy());
    socket.on('close', () => outgoing.destroy());
    outgoing.on('close', () => socket.destroy());
  }
}

function withoutHopByHop(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
