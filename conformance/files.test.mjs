import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { withEveryClientsSandbox } from './lib/clients.mjs';

withEveryClientsSandbox('Files', (box) => {
  const fs = () => box.sandbox.fs;

  it('come back as they were sent', async () => {
    await fs().uploadFile(Buffer.from('hällo\n'), 'small.txt');
    assert.equal((await fs().downloadFile('small.txt')).toString(), 'hällo\n');
    const { result } = await box.sandbox.process.executeCommand('cat ~/small.txt; stat -c %U ~/small.txt');
    assert.equal(result.trim(), 'hällo\ndaytona');
  });

  it('may hold every byte, or none', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256));
    await fs().uploadFile(bytes, '/tmp/all bytes & signs.bin');
    assert.deepEqual(await fs().downloadFile('/tmp/all bytes & signs.bin'), bytes);
    await fs().uploadFile(Buffer.alloc(0), '/tmp/empty');
    assert.equal((await fs().downloadFile('/tmp/empty')).length, 0);
  });

  it('of 20 MiB come back as they were sent', async () => {
    const bytes = randomBytes(20 * 1024 * 1024);
    await fs().uploadFile(bytes, '/tmp/large.bin');
    assert.ok(bytes.equals(await fs().downloadFile('/tmp/large.bin')));
  });

  it('are listed by the 10,000', async () => {
    await box.sandbox.process.executeCommand('mkdir /tmp/many && cd /tmp/many && seq 10000 | xargs touch');
    const listed = await fs().listFiles('/tmp/many');
    assert.equal(new Set(listed.map((file) => file.name)).size, 10_000);
    assert.equal((await fs().searchFiles('/tmp/many', '*77')).files.length, 100);
    await fs().deleteFile('/tmp/many', true);
    await assert.rejects(fs().listFiles('/tmp/many'), /no such file|not found/i);
  });

  it('go from disk to disk', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'conformance-'));
    try {
      await writeFile(join(directory, 'up'), 'from disk');
      await fs().uploadFile(join(directory, 'up'), '/tmp/from-disk');
      await fs().downloadFile('/tmp/from-disk', join(directory, 'down'));
      assert.equal(await readFile(join(directory, 'down'), 'utf8'), 'from disk');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('are sent together, and their directories made', async () => {
    await fs().uploadFiles([
      { source: Buffer.from('a'), destination: '/tmp/many/a.txt' },
      { source: Buffer.from('b'), destination: '/tmp/many/deep/b.txt' },
    ]);
    assert.equal((await fs().downloadFile('/tmp/many/deep/b.txt')).toString(), 'b');
    assert.deepEqual((await fs().listFiles('/tmp/many')).map((file) => [file.name, file.isDir]).sort(), [
      ['a.txt', false],
      ['deep', true],
    ]);
  });

  it('tell their size, mode and owner', async () => {
    await fs().uploadFile(Buffer.from('12345'), '/tmp/details.txt');
    await fs().setFilePermissions('/tmp/details.txt', { mode: '640' });
    const details = await fs().getFileDetails('/tmp/details.txt');
    assert.equal(details.name, 'details.txt');
    assert.equal(details.size, 5);
    assert.equal(details.isDir, false);
    assert.equal(details.mode, '-rw-r-----');
    assert.match(details.permissions, /640$/);
    assert.ok(Date.now() - Date.parse(details.modTime.replace(/ \+0000 UTC.*/, 'Z').replace(' ', 'T')) < 600_000);
  });

  it('are moved and deleted, folders made', async () => {
    await fs().createFolder('/tmp/folder/inner', '750');
    assert.equal((await fs().getFileDetails('/tmp/folder/inner')).mode, 'drwxr-x---');
    await fs().uploadFile(Buffer.from('x'), '/tmp/folder/x');
    await fs().moveFiles('/tmp/folder/x', '/tmp/folder/inner/y');
    assert.deepEqual((await fs().listFiles('/tmp/folder/inner')).map((file) => file.name), ['y']);
    await fs().deleteFile('/tmp/folder/inner/y');
    assert.deepEqual(await fs().listFiles('/tmp/folder/inner'), []);
  });

  it('that do not exist are reported as missing', async () => {
    await assert.rejects(fs().downloadFile('/tmp/no-such-file'));
    await assert.rejects(fs().getFileDetails('/tmp/no-such-file'), /no-such-file|not found|no such file/i);
  });
});
