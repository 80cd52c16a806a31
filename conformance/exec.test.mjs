import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, VERSIONS } from './lib/clients.mjs';

const PROGRAM = fileURLToPath(new URL('../bin/paddock', import.meta.url));
const MIB = 1024 * 1024;

describe('paddock exec', { timeout: 180_000 }, () => {
  const client = new Client(VERSIONS.at(-1));
  let id;

  before(async () => {
    id = (await client.create()).id;
  });
  after(() => client.cleanUp());

  /** A running command line; it finds the server as every client does. */
  function start(options, ...command) {
    const child = spawn(PROGRAM, ['exec', ...options, id, '--', ...command]);
    const seen = { stdout: [], stderr: [] };
    child.stdout.on('data', (chunk) => seen.stdout.push(chunk));
    child.stderr.on('data', (chunk) => seen.stderr.push(chunk));
    const text = (stream) => Buffer.concat(seen[stream]).toString();
    const ended = once(child, 'close').then(([code]) => ({ code, stdout: text('stdout'), stderr: text('stderr') }));
    const says = async (word) => {
      while (!text('stdout').includes(word)) await once(child.stdout, 'data');
    };
    return { child, ended, says };
  }

  const run = (...command) => start([], ...command).ended;

  it('has the output, the errors and the exit status of the command', async () => {
    const { code, stdout, stderr } = await run('sh', '-c', 'echo out; echo err >&2; exit 7');
    assert.deepEqual({ code, stdout, stderr }, { code: 7, stdout: 'out\n', stderr: 'err\n' });
    assert.deepEqual(await run('true'), { code: 0, stdout: '', stderr: '' });
  });

  it('runs where, with what and as whom it is told', async () => {
    const { ended } = start(['--cwd', '/tmp', '-e', 'MOOD=cälm', '--user', 'root'], 'sh', '-c', 'pwd; echo $MOOD; id -un');
    assert.equal((await ended).stdout, '/tmp\ncälm\nroot\n');
  });

  it('sends standard input to its end, whatever its bytes', async () => {
    const input = randomBytes(5 * MIB);
    const { child, ended } = start(['-i'], 'sha256sum');
    child.stdin.end(input);
    assert.equal((await ended).stdout.split(' ')[0], createHash('sha256').update(input).digest('hex'));
  });

  for (const [signal, name] of [['SIGINT', 'INT'], ['SIGTERM', 'TERM'], ['SIGHUP', 'HUP']]) {
    it(`forwards ${signal}`, async () => {
      const program = `trap 'echo told; exit 9' ${name}; echo ready; while :; do sleep 0.05; done`;
      const { child, ended, says } = start([], 'sh', '-c', program);
      await says('ready');
      child.kill(signal);
      const { code, stdout } = await ended;
      assert.deepEqual({ code, stdout }, { code: 9, stdout: 'ready\ntold\n' });
    });
  }

  it('carries 100 MiB of output', async () => {
    const { child, ended } = start([], 'sh', '-c', `head -c ${100 * MIB} /dev/zero`);
    let length = 0;
    child.stdout.removeAllListeners('data').on('data', (chunk) => (length += chunk.length));
    assert.equal((await ended).code, 0);
    assert.equal(length, 100 * MIB);
  });

  it('ends a command when its time is over', async () => {
    const { ended } = start(['--timeout', '1'], 'sleep', '61');
    assert.notEqual((await ended).code, 0);
    assert.equal((await run('pgrep', '-fx', 'sleep 61')).stdout, '');
  });

  it('says what it cannot do, with a status of its own', async () => {
    const missing = await run('no-such-program');
    assert.equal(missing.code, 125);
    assert.match(missing.stderr, /no-such-program/);
  });
});
