import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { refused as isRefused } from './lib/answers.mjs';
import { Client, itSince, withEveryClient } from './lib/clients.mjs';

withEveryClient('Errors', (client) => {
  const refused = (...expected) => isRefused(client, ...expected);

  it('an unknown sandbox is not found', async () => {
    await refused(client.daytona.get(randomUUID()), 404, /not found/i);
    await assert.rejects(client.daytona.get(randomUUID()), client.sdk.DaytonaNotFoundError);
  });

  it('a wrong key is refused', async () => {
    const stranger = new Client(client.version, { apiKey: `dtn_${'0'.repeat(64)}` });
    await refused(stranger.daytona.get(randomUUID()), 401, /invalid credentials/i);
  });

  it('an unknown snapshot is named', async () => {
    await refused(client.create({ snapshot: 'no-such-snapshot' }), 400, /no-such-snapshot not found/i);
  });

  itSince('0.121.0', client, 'a name is given once', async () => {
    const name = `taken-${randomUUID()}`;
    await client.create({ name });
    await refused(client.create({ name }), 409, /already exists/i);
  });

  it('a stopped sandbox runs nothing', async () => {
    const sandbox = await client.create();
    await sandbox.stop();
    await assert.rejects(sandbox.process.executeCommand('true'), /started|running|stopped/i);
  });

  itSince('0.167.0', client, 'an empty command is refused', async () => {
    const sandbox = await client.create();
    await refused(sandbox.process.executeCommand(''), 400, /command/i);
  });

  it('sessions are unique, and unknown ones not found', async () => {
    const { process } = await client.create();
    await process.createSession('twice');
    await refused(process.createSession('twice'), 409, /exists/i);
    await refused(process.getSession('never'), 404, /no session never/i);
    await refused(process.executeSessionCommand('never', { command: 'true' }), 404, /no session never/i);
  });

  it('there is no desktop, and the answer says so', async () => {
    const { computerUse } = await client.create();
    await refused(computerUse.start(), 503, /no desktop/);
    await refused(computerUse.mouse.getPosition(), 503, /no desktop/);
    await refused(computerUse.screenshot.takeFullScreen(), 503, /no desktop/);
  });

  it('a started sandbox does not start again', async () => {
    const sandbox = await client.create();
    await refused(sandbox.start(), 400, /state/i);
  });

  it('ports end at 65535', async () => {
    const sandbox = await client.create();
    await refused(sandbox.getPreviewLink(70000), 400, /port/i);
    await refused(sandbox.getPreviewLink(0), 400, /port/i);
  });
});
