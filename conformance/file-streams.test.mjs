import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { refused } from './lib/answers.mjs';
import { itSince, withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

/** The first client that streams. */
const SINCE = '0.190.1';
const MIB = 1024 * 1024;

withEveryClientsSandbox('Streams of files', (box, client) => {
  const fs = () => box.sandbox.fs;
  const run = async (command) => (await box.sandbox.process.executeCommand(command)).result.trim();

  itSince(SINCE, client, 'carry every byte both ways, and say how far they are', async () => {
    const content = randomBytes(3 * MIB + 1);
    const sent = [];
    const received = [];
    const source = Readable.from([content.subarray(0, 100), content.subarray(100)]);
    await fs().uploadFileStream(source, '/tmp/streams/ä b&c', { onProgress: (progress) => sent.push(progress) });
    const onProgress = (progress) => received.push(progress);
    const stream = await fs().downloadFileStream('/tmp/streams/ä b&c', { onProgress });
    assert.ok(content.equals(await buffer(stream)));
    assert.equal(sent.at(-1).bytesSent, content.length);
    assert.deepEqual(received.at(-1), { bytesReceived: content.length, totalBytes: content.length });
    assert.equal(await run('stat -c %U "/tmp/streams/ä b&c"'), 'daytona');
  });

  itSince(SINCE, client, 'may be empty, and replace what was there', async () => {
    await fs().uploadFileStream(Buffer.from('something'), 'replaced.txt');
    await fs().uploadFileStream(Readable.from([]), 'replaced.txt');
    assert.equal((await buffer(await fs().downloadFileStream('replaced.txt'))).length, 0);
  });

  itSince(SINCE, client, 'carry 100 MiB that nobody holds in memory', async () => {
    const piece = randomBytes(MIB);
    const hash = createHash('sha256');
    await fs().uploadFileStream(
      Readable.from(
        (function* () {
          for (let i = 0; i < 100; i++) yield piece;
        })(),
      ),
      '/tmp/huge',
    );
    for (let i = 0; i < 100; i++) hash.update(piece);
    const expected = hash.digest('hex');
    assert.equal((await run('sha256sum < /tmp/huge')).split(' ')[0], expected);
    const returned = createHash('sha256');
    for await (const chunk of await fs().downloadFileStream('/tmp/huge')) returned.update(chunk);
    assert.equal(returned.digest('hex'), expected);
    await fs().deleteFile('/tmp/huge');
  });

  itSince(SINCE, client, 'that are broken off leave the file as it was, and nothing else', async () => {
    await fs().uploadFile(Buffer.from('whole'), '/tmp/kept/file');
    const aborter = new AbortController();
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          yield randomBytes(64 * 1024);
          await pause(5);
        }
      })(),
    );
    const onProgress = ({ bytesSent }) => {
      if (bytesSent > 2 * MIB) aborter.abort();
    };
    await assert.rejects(fs().uploadFileStream(endless, '/tmp/kept/file', { signal: aborter.signal, onProgress }));
    await eventually(async () => (await run('ls -A /tmp/kept')) === 'file');
    assert.equal((await fs().downloadFile('/tmp/kept/file')).toString(), 'whole');
  });

  itSince(SINCE, client, 'may be left before their end', async () => {
    await run('head -c 50000000 /dev/zero > /tmp/left');
    const aborter = new AbortController();
    const stream = await fs().downloadFileStream('/tmp/left', { signal: aborter.signal });
    await assert.rejects(async () => {
      for await (const _ of stream) aborter.abort();
    }, /cancel/i);
    assert.equal(await run('echo on'), 'on');
  });

  itSince(SINCE, client, 'of what is missing, forbidden or no file are refused', async () => {
    await refused(client, fs().downloadFileStream('/tmp/none'), 404, /no such file|not found/i);
    await refused(client, fs().downloadFileStream('/etc/shadow'), 403, /permission/i);
    await refused(client, fs().downloadFileStream('/tmp'), 400, /directory/i);
    await refused(client, fs().uploadFileStream(Buffer.from('x'), '/etc/passwd'), 400, /permission/i);
    await refused(client, fs().uploadFileStream(Buffer.from('x'), '/tmp'), 400, /directory/i);
  });
});
