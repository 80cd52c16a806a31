import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './lib/clients.mjs';

/** The client that signs URLs; older ones have no such call. */
const VERSION = '0.218.0';

// Everything here is fetched as a stranger would: with the URL and nothing else.
describe(`Signed URLs of files, client ${VERSION}`, { timeout: 180_000 }, () => {
  const client = new Client(VERSION);
  let sandbox;

  before(async () => {
    sandbox = await client.create();
  });
  after(() => client.cleanUp());

  const form = (content) => {
    const data = new FormData();
    data.append('file', new Blob([content]), 'any');
    return { method: 'POST', body: data };
  };

  const refused = async (answer, pattern) => {
    const { statusCode, message } = await answer.json();
    assert.equal(answer.status, 401);
    assert.equal(statusCode, 401);
    assert.match(message, pattern);
  };

  it('download what is there, whole and in part', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const path = '/tmp/signed/ä file & more+.bin';
    await sandbox.fs.uploadFile(bytes, path);
    const url = await sandbox.downloadUrl(path);
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    assert.ok(bytes.equals(Buffer.from(await answer.arrayBuffer())));
    const part = await fetch(url, { headers: { range: 'bytes=5-14' } });
    assert.equal(part.status, 206);
    assert.ok(bytes.subarray(5, 15).equals(Buffer.from(await part.arrayBuffer())));
  });

  it('upload a form, and make the directories', async () => {
    const answer = await fetch(await sandbox.uploadUrl('/tmp/signed/by/form.txt'), form('hällo'));
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { name: 'form.txt', path: '/tmp/signed/by/form.txt', type: 'file' });
    assert.equal((await sandbox.fs.downloadFile('/tmp/signed/by/form.txt')).toString(), 'hällo');
    const { result } = await sandbox.process.executeCommand('stat -c %U /tmp/signed/by/form.txt');
    assert.equal(result.trim(), 'daytona');
  });

  it('upload a body as it is, and replace what was there', async () => {
    const url = await sandbox.uploadUrl('/tmp/signed/raw');
    for (const body of ['the first, longer one', 'second']) {
      const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
      assert.equal(answer.status, 200);
    }
    assert.equal((await sandbox.fs.downloadFile('/tmp/signed/raw')).toString(), 'second');
  });

  it('may count for ever', async () => {
    await sandbox.fs.uploadFile(Buffer.from('x'), '/tmp/signed/for-ever');
    const url = await sandbox.downloadUrl('/tmp/signed/for-ever', 0);
    assert.equal(new URL(url).searchParams.get('expires'), '0');
    assert.equal((await fetch(url)).status, 200);
  });

  it('end when they say', async () => {
    const download = await sandbox.downloadUrl('/tmp/signed/raw', 1);
    const upload = await sandbox.uploadUrl('/tmp/signed/late', 1);
    await pause(2_100);
    await refused(await fetch(download), /expired/);
    await refused(await fetch(upload, form('late')), /expired/);
    await assert.rejects(sandbox.fs.getFileDetails('/tmp/signed/late'));
  });

  it('open no other file, method or time', async () => {
    const altered = async (name, value) => {
      const url = new URL(await sandbox.downloadUrl('/tmp/signed/raw'));
      url.searchParams.set(name, value);
      return fetch(url);
    };
    await refused(await altered('path', '/etc/passwd'), /does not fit/);
    await refused(await altered('expires', '0'), /does not fit/);
    await refused(await altered('signature', `v1_${'A'.repeat(43)}`), /does not fit/);
    const download = await sandbox.downloadUrl('/tmp/signed/raw');
    await refused(await fetch(download.replace('/files/download', '/files/upload-v2'), form('x')), /does not fit/);
    assert.equal((await altered('expires', 'soon')).status, 400);
  });

  it('open no other sandbox and nothing else in this one', async () => {
    const other = await client.create();
    const url = await sandbox.downloadUrl('/etc/hostname');
    await refused(await fetch(url.replace(sandbox.id, other.id)), /does not fit/);
    await refused(await fetch(url.replace(sandbox.id, '33333333-3333-4333-8333-333333333333')), /does not fit/);
    assert.equal((await fetch(url.replace('/files/download', '/files'))).status, 401);
    assert.equal((await fetch(url.replace('/files/download', '/work-dir'))).status, 401);
  });

  it('end when the key is replaced, and new ones count', async () => {
    const before = await sandbox.downloadUrl('/tmp/signed/raw', 0);
    assert.equal((await fetch(before)).status, 200);
    await sandbox.rotateSigningKey();
    await refused(await fetch(before), /was replaced/);
    assert.equal((await fetch(await sandbox.downloadUrl('/tmp/signed/raw'))).status, 200);
  });

  it('of a missing file and of a stopped sandbox say so', async () => {
    assert.equal((await fetch(await sandbox.downloadUrl('/tmp/signed/missing'))).status, 404);
    const url = await sandbox.downloadUrl('/tmp/signed/raw');
    await sandbox.stop();
    const answer = await fetch(url);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).message, /not running/);
  });
});
