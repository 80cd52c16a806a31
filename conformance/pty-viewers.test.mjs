import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { Client } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

// The WebSocket of the official client, by itself: it can stop reading, and the client cannot.
const WebSocket = createRequire(createRequire(import.meta.url).resolve('sdk-0-218-0'))('isomorphic-ws');

const MEGABYTES = 60;
const SECONDS = 6;
// The slowest pace and the longest silence for the machine to be called busy, and not the terminal stalled.
const LONGEST_SECONDS = 3 * SECONDS;
const LONGEST_SILENCE = 2.5;

const BEGIN = 0x02;
const END = 0x03;

/** Speaks ten numbered megabytes a second between two marks, and tells their checksum at the end. */
const SPEAKER = `
import base64, os, sys, time, zlib
noise = base64.b64encode(os.urandom(750_000))
checksum = 0
out = sys.stdout.buffer
begin = time.monotonic()
out.write(bytes([${BEGIN}]))
for number in range(${MEGABYTES}):
    block = b"%06d" % number + noise[6:]
    checksum = zlib.crc32(block, checksum)
    out.write(block)
    out.flush()
    time.sleep(max(0, begin + (number + 1) * ${SECONDS / MEGABYTES} - time.monotonic()))
out.write(bytes([${END}]) + b"%d;" % checksum)
`;

/** What one viewer sees, of which only the tail after the end mark is kept. */
class View {
  bytes = 0;
  checksum = 0;
  silence = 0;
  tail = '';

  add(data) {
    if (this.ended) this.tail += Buffer.from(data);
    else if (this.began) this.#spoken(data);
    else this.#waitFor(data);
  }

  #waitFor(data) {
    const begin = data.indexOf(BEGIN);
    if (begin < 0) return;
    this.began = this.last = performance.now();
    this.add(data.subarray(begin + 1));
  }

  #spoken(data) {
    const now = performance.now();
    this.silence = Math.max(this.silence, (now - this.last) / 1000);
    this.last = now;
    const end = data.indexOf(END);
    const spoken = end < 0 ? data : data.subarray(0, end);
    this.bytes += spoken.length;
    this.checksum = crc32(spoken, this.checksum);
    if (end < 0) return;
    this.ended = now;
    this.add(data.subarray(end + 1));
  }

  get seconds() {
    return (this.ended - this.began) / 1000;
  }
}

describe('Ten viewers of a terminal that speaks ten megabytes a second', { timeout: 90_000 }, () => {
  const client = new Client('0.218.0');
  let sandbox;
  after(() => client.cleanUp());

  before(async () => {
    sandbox = await client.create();
    await sandbox.fs.uploadFile(Buffer.from(SPEAKER), '/tmp/speaker.py');
  });

  async function terminal(id) {
    let screen = '';
    const handle = await sandbox.process.createPty({ id, onData: (data) => (screen += Buffer.from(data)) });
    // A shell may throw away what is typed before it is ready.
    await eventually(async () => {
      if (/re0dy/.test(screen)) return true;
      await handle.sendInput('echo re$((0))dy\n');
      return false;
    });
    await handle.disconnect();
  }

  async function viewer(id) {
    const view = new View();
    const handle = await sandbox.process.connectPty(id, { onData: (data) => view.add(data) });
    return { view, handle };
  }

  async function viewerWhoDoesNotRead(id) {
    const url = `${sandbox.toolboxProxyUrl}/${sandbox.id}/process/pty/${id}/connect`;
    const socket = new WebSocket(url.replace(/^http/, 'ws'), {
      headers: { authorization: `Bearer ${process.env.DAYTONA_API_KEY}` },
    });
    const view = new View();
    socket.on('message', (data, isBinary) => isBinary && view.add(data));
    await once(socket, 'message');
    socket.pause();
    return { view, socket };
  }

  it('see every byte of it while it is spoken, but for one who does not read, who is cut off', async () => {
    const id = 'many';
    await terminal(id);
    const deaf = await viewerWhoDoesNotRead(id);
    const readers = await Promise.all(Array.from({ length: 9 }, () => viewer(id)));

    await readers[0].handle.sendInput('python3 /tmp/speaker.py; exit 3\n');

    for (const { view, handle } of readers) {
      assert.equal((await handle.wait()).exitCode, 3);
      assert.equal(view.bytes, MEGABYTES * 1_000_000);
      assert.match(view.tail, new RegExp(`^${view.checksum};`));
      assert.ok(view.seconds < LONGEST_SECONDS, `${view.seconds} seconds`);
      assert.ok(view.silence < LONGEST_SILENCE, `${view.silence} seconds of silence`);
    }
    const closed = once(deaf.socket, 'close');
    deaf.socket.resume();
    const [code] = await closed;
    assert.equal(code, 1011);
    assert.ok(deaf.view.bytes < MEGABYTES * 1_000_000, `${deaf.view.bytes} bytes`);
  });
});
