import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { refused } from './lib/answers.mjs';
import { Client } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

/** The client that knows warm pools; older ones have no such call. */
const VERSION = '0.218.0';

const NOTHING = '00000000-0000-4000-8000-000000000000';

describe(`Warm pools, client ${VERSION}`, { timeout: 180_000 }, () => {
  const client = new Client(VERSION);
  const { warmPool, snapshot } = client.daytona;
  let made;

  before(async () => {
    const image = (await snapshot.get('default')).imageName;
    made = await snapshot.create({ name: `pool-${randomUUID()}`, image });
  });
  after(async () => {
    await client.cleanUp();
    await snapshot.delete(made);
  });

  const found = async (id) => (await warmPool.list()).find((pool) => pool.id === id);

  it('are filled, serve a sandbox, are drained and deleted', async () => {
    const pool = await warmPool.create({ snapshot: made.name, pool: 1 });
    assert.equal(pool.snapshot, made.name);
    assert.equal(pool.pool, 1);
    await eventually(async () => (await found(pool.id)).currentSize === 1, { within: 60_000 });
    const sandbox = await client.create({ snapshot: made.name });
    assert.equal((await sandbox.process.executeCommand('echo warm')).result.trim(), 'warm');
    assert.equal((await warmPool.update(pool.id, { pool: 0 })).pool, 0);
    await eventually(async () => (await found(pool.id)).currentSize === 0, { within: 60_000 });
    await warmPool.delete(pool.id);
    assert.equal(await found(pool.id), undefined);
    await refused(client, warmPool.delete(pool.id), 404, /not found/i);
  });

  it('are one for a snapshot', async () => {
    const pool = await warmPool.create({ snapshot: made.id, pool: 0 });
    await refused(client, warmPool.create({ snapshot: made.name, pool: 1 }), 409, /already/);
    await warmPool.delete(pool.id);
  });

  it('of no snapshot, no size or too many are refused', async () => {
    await refused(client, warmPool.create({ snapshot: 'no-such-snapshot', pool: 1 }), 404, /no-such-snapshot/);
    await refused(client, warmPool.create({ pool: 1 }), 400, /snapshot/);
    await refused(client, warmPool.create({ snapshot: made.name }), 400, /pool/);
    await refused(client, warmPool.create({ snapshot: made.name, pool: -1 }), 400, /pool/);
    await refused(client, warmPool.create({ snapshot: made.name, pool: 1_000_000 }), 400, /pool/);
    await refused(client, warmPool.create({ snapshot: made.name, pool: 1, target: 'nowhere' }), 400, /nowhere/);
    await refused(client, warmPool.update(NOTHING, { pool: 1 }), 404, /not found/i);
    await refused(client, warmPool.delete(NOTHING), 404, /not found/i);
  });
});
