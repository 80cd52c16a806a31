import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { atLeast, itSince, withEveryClientsSandbox } from './lib/clients.mjs';

withEveryClientsSandbox('Searches', (box, client) => {
  const fs = () => box.sandbox.fs;
  const text = async (path) => (await fs().downloadFile(path)).toString();

  before(async () => {
    await fs().uploadFiles([
      { source: Buffer.from('first\nTODO: a.b\n'), destination: '/tmp/tree/src/a.ts' },
      { source: Buffer.from('TODO: aXb\r\nlast TODO: a.b'), destination: '/tmp/tree/src/deep/b.ts' },
      { source: Buffer.from('TODO: a.b\n'), destination: '/tmp/tree/.hidden' },
      { source: Buffer.from([0, 1, 2, ...Buffer.from('TODO: a.b')]), destination: '/tmp/tree/binary' },
    ]);
  });

  it('find a text line by line, and take it as it is', async () => {
    assert.deepEqual(await fs().findFiles('/tmp/tree', 'TODO: a.b'), [
      { file: '/tmp/tree/.hidden', line: 1, content: 'TODO: a.b' },
      { file: '/tmp/tree/src/a.ts', line: 2, content: 'TODO: a.b' },
      { file: '/tmp/tree/src/deep/b.ts', line: 2, content: 'last TODO: a.b' },
    ]);
    assert.deepEqual(await fs().findFiles('/tmp/tree', 'none of this'), []);
  });

  it('find names by pattern', async () => {
    assert.deepEqual(await fs().searchFiles('/tmp/tree', '*.ts'), {
      files: ['/tmp/tree/src/a.ts', '/tmp/tree/src/deep/b.ts'],
    });
    assert.deepEqual(await fs().searchFiles('/tmp/tree', 'd[a-f]ep'), { files: ['/tmp/tree/src/deep'] });
    assert.deepEqual(await fs().searchFiles('/tmp/tree', '*.py'), { files: [] });
  });

  it('replace a text in files and tell about each', async () => {
    await fs().uploadFile(Buffer.from('v1 v1 $& v2'), '/tmp/tree/version');
    await fs().setFilePermissions('/tmp/tree/version', { mode: '751' });
    const results = await fs().replaceInFiles(['/tmp/tree/version', '/tmp/tree/none'], 'v1', '$&');
    assert.deepEqual(results[0], { file: '/tmp/tree/version', success: true });
    assert.equal(results[1].file, '/tmp/tree/none');
    assert.equal(results[1].success, false);
    assert.match(results[1].error, /no such file/);
    assert.equal(await text('/tmp/tree/version'), '$& $& $& v2');
    assert.equal((await fs().getFileDetails('/tmp/tree/version')).mode, '-rwxr-x--x');
  });

  // Making the tree takes much longer than the searches, so one client is enough.
  itSince('0.218.0', client, 'are quick in a tree of 100,000 files', async () => {
    const make = 'mkdir -p /tmp/large && cd /tmp/large && for d in $(seq 100); do mkdir $d; seq 1000 | split -l 1 -a 3 - $d/f; done';
    assert.equal((await box.sandbox.process.executeCommand(make)).exitCode, 0);
    const start = performance.now();
    assert.equal((await fs().findFiles('/tmp/large', '999')).length, 100);
    assert.equal((await fs().searchFiles('/tmp/large', 'faaa')).files.length, 100);
    assert.ok(performance.now() - start < 20_000);
  });

  it('of what is not there are refused', async () => {
    const status = (wanted) => (error) => !atLeast(client.version, '0.121.0') || error.statusCode === wanted;
    await assert.rejects(fs().findFiles('/tmp/no-such-tree', 'x'), status(404));
    await assert.rejects(fs().searchFiles('/tmp/no-such-tree', 'x'), status(404));
    await assert.rejects(fs().searchFiles('/tmp/tree', '[a'), status(400));
  });
});
