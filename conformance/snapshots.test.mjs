import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { notServed, refused } from './lib/answers.mjs';
import { atLeast, itSince, withEveryClient } from './lib/clients.mjs';

const ENTRYPOINT = ['sh', '-c', 'echo begun; echo wrong >&2'];

withEveryClient('Snapshots', (client) => {
  const snapshots = client.daytona.snapshot;
  const name = `entrypoint-${randomUUID()}`;
  let image;
  let made;

  before(async () => {
    image = (await snapshots.get('default')).imageName;
    made = await snapshots.create({ name, image, entrypoint: ENTRYPOINT, resources: { cpu: 1, memory: 2, disk: 4 } });
  });
  after(() => snapshots.delete(made).catch(() => undefined));

  const listed = async () => {
    const answer = await snapshots.list();
    return (Array.isArray(answer) ? answer : answer.items).map((snapshot) => snapshot.name);
  };

  it('are made of an image that is there', async () => {
    assert.equal(made.state, 'active');
    assert.equal(made.imageName, image);
    assert.deepEqual(made.entrypoint, ENTRYPOINT);
    assert.deepEqual([made.cpu, made.mem, made.disk], [1, 2, 4]);
  });

  it('are listed and found by their names', async () => {
    const names = await listed();
    assert.ok(names.includes('default') && names.includes(name), names);
    assert.equal((await snapshots.get(name)).id, made.id);
    await refused(client, snapshots.get('no-such-snapshot'), 404, /no-such-snapshot/);
  });

  it('tell of their making', async () => {
    const second = `told-${randomUUID()}`;
    const lines = [];
    const snapshot = await snapshots.create({ name: second, image }, { onLogs: (line) => lines.push(line) });
    await snapshots.delete(snapshot);
    assert.ok(lines.some((line) => line.includes(`Created snapshot ${second} (active)`)), lines);
  });

  itSince('0.167.0', client, 'give sandboxes their entrypoint, whose logs are read and followed', async () => {
    const { process } = await client.create({ snapshot: name });
    assert.equal((await process.getEntrypointSession()).sessionId, 'entrypoint');
    const seen = { stdout: '', stderr: '' };
    await process.getEntrypointLogs(
      (chunk) => (seen.stdout += chunk),
      (chunk) => (seen.stderr += chunk),
    );
    assert.deepEqual(seen, { stdout: 'begun\n', stderr: 'wrong\n' });
    const { stdout, stderr } = await process.getEntrypointLogs();
    assert.deepEqual({ stdout, stderr }, seen);
  });

  it('of wrong names, images and sizes are refused', async () => {
    const make = (params) => snapshots.create({ name: `wrong-${randomUUID()}`, image, ...params });
    await refused(client, make({ name: '' }), 400, /name/);
    await refused(client, make({ name: '<b>' }), 400, /name/);
    await refused(client, make({ image: '' }), 400, /image/);
    await refused(client, make({ image: 'No Image' }), 400, /image/);
    await refused(client, make({ image: 'debian' }), 400, /tag/);
    await refused(client, make({ image: 'debian:latest' }), 400, /latest/);
    await refused(client, make({ resources: { cpu: 100_000 } }), 400, /cpu/i);
    await refused(client, make({ name }), 409, /already exists/);
    await refused(client, make({ name: 'default' }), 409, /already exists/);
  });

  it('are active, and activated by nobody', async () => {
    await notServed(snapshots, [['activate', made]]);
  });

  it('of the installation stay', async () => {
    await refused(client, snapshots.delete(await snapshots.get('default')), 403, /belongs to the installation/);
  });

  it('are gone after their deletion, and their names free', async () => {
    const params = { name: `gone-${randomUUID()}`, image };
    const first = await snapshots.create(params);
    await snapshots.delete(atLeast(client.version, '0.218.0') ? first.name : first);
    assert.ok(!(await listed()).includes(params.name));
    await refused(client, snapshots.delete(first), 404, /not found/i);
    await refused(client, client.create({ snapshot: params.name }), 400, /not found/i);
    const second = await snapshots.create(params);
    assert.notEqual(second.id, first.id);
    await snapshots.delete(second);
  });
});
