// Stands between a client and a server like a load balancer or a router that forgets connections on which
// nothing moves.
import { once } from 'node:events';
import net from 'node:net';

const { connect } = net;

export class ImpatientRelay {
  #target;
  #patience;
  #server;

  /** The connections that it took. */
  carried = 0;

  /** Relays to a port of this machine; cuts every connection that is silent for so many milliseconds. */
  constructor(target, patience) {
    this.#target = Number(target);
    this.#patience = patience;
  }

  async listen() {
    this.#server = net.createServer((client) => this.#relay(client)).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port() {
    return this.#server.address().port;
  }

  /** Leads what this process has to say to the target by its name through here; its address leads past. */
  divert() {
    const before = net.connect;
    net.connect = (options, ...rest) =>
      Number(options.port) === this.#target && options.host !== '127.0.0.1'
        ? before({ ...options, host: '127.0.0.1', port: this.port }, ...rest)
        : before(options, ...rest);
  }

  close() {
    this.#server.close();
  }

  #relay(client) {
    this.carried += 1;
    const server = connect(this.#target, '127.0.0.1');
    client.pipe(server).pipe(client);
    // Each counts what it sends and what it receives.
    client.setTimeout(this.#patience, () => client.destroy());
    for (const [one, other] of [[client, server], [server, client]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}
