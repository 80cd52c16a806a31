import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { itSince, withEveryClient } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

withEveryClient('Life of a sandbox', (client) => {
  it('is created started, with its labels, environment and defaults', async () => {
    const labels = { purpose: 'conformance', run: randomUUID() };
    const sandbox = await client.create({ labels, envVars: { GREETING: 'good day' } });
    assert.equal(sandbox.state, 'started');
    assert.equal(sandbox.labels.run, labels.run);
    assert.equal(sandbox.labels['code-toolbox-language'], 'python');
    assert.equal(sandbox.user, 'daytona');
    assert.equal(sandbox.public, false);
    const { result } = await sandbox.process.executeCommand('echo "$GREETING from $(whoami)"');
    assert.equal(result.trim(), 'good day from daytona');
  });

  it('is found by its id', async () => {
    const sandbox = await client.create();
    const found = await client.daytona.get(sandbox.id);
    assert.equal(found.id, sandbox.id);
    assert.equal(found.state, 'started');
  });

  itSince('0.121.0', client, 'is found by its name', async () => {
    const name = `named-${randomUUID()}`;
    const sandbox = await client.create({ name });
    assert.equal(sandbox.name, name);
    assert.equal((await client.daytona.get(name)).id, sandbox.id);
  });

  it('is listed by its labels, and by those it gets later', async () => {
    const first = randomUUID();
    const second = randomUUID();
    const sandbox = await client.create({ labels: { first } });
    await client.create({ labels: { first: 'another' } });
    assert.deepEqual((await client.list({ first })).map((found) => found.id), [sandbox.id]);
    await sandbox.setLabels({ second });
    assert.deepEqual((await client.list({ second })).map((found) => found.id), [sandbox.id]);
    assert.deepEqual(await client.list({ first }), []);
  });

  it('keeps its files when it is stopped and started', async () => {
    const sandbox = await client.create();
    await sandbox.process.executeCommand('echo kept > ~/kept.txt');
    await sandbox.stop();
    assert.equal(sandbox.state, 'stopped');
    assert.equal((await client.daytona.get(sandbox.id)).state, 'stopped');
    await sandbox.start();
    assert.equal(sandbox.state, 'started');
    assert.equal((await sandbox.process.executeCommand('cat ~/kept.txt')).result.trim(), 'kept');
  });

  it('remembers its automatic stop, archive and delete', async () => {
    const sandbox = await client.create({ autoStopInterval: 60 });
    assert.equal((await client.daytona.get(sandbox.id)).autoStopInterval, 60);
    await sandbox.setAutostopInterval(90);
    await sandbox.setAutoArchiveInterval(120);
    await sandbox.setAutoDeleteInterval(240);
    const stored = await client.daytona.get(sandbox.id);
    assert.equal(stored.autoStopInterval, 90);
    assert.equal(stored.autoArchiveInterval, 120);
    assert.equal(stored.autoDeleteInterval, 240);
  });

  itSince('0.167.0', client, 'is not waited for when it changes no size', async () => {
    const sandbox = await client.create();
    await sandbox.waitForResizeComplete(5);
    assert.equal(sandbox.state, 'started');
    await assert.rejects(sandbox.waitForResizeComplete(-1), /non-negative/);
  });

  it('is gone after its deletion', async () => {
    const label = randomUUID();
    const sandbox = await client.create({ labels: { label } });
    await sandbox.delete();
    await eventually(async () => (await client.list({ label })).length === 0);
    await eventually(() => client.daytona.get(sandbox.id).then(() => false, (error) => /not found/i.test(error.message)));
  });
});
