import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Client, VERSIONS } from './lib/clients.mjs';
import { ImpatientRelay } from './lib/impatient-relay.mjs';

// The server pings every 30 seconds and gives up a socket that has been silent for 90.
const PATIENCE_MS = 45_000;
const SILENCE_S = 95;

describe('A command that is silent for long', { concurrency: true, timeout: 150_000 }, () => {
  const clients = VERSIONS.map((version) => new Client(version));
  const newest = clients.at(-1);
  const relays = [];
  let sandbox;

  before(async () => {
    sandbox = await newest.create();
    // The oldest client follows logs by way of a preview, which has a port of its own.
    const preview = await sandbox.getPreviewLink(2280);
    for (const url of [sandbox.toolboxProxyUrl, preview.url]) {
      const relay = new ImpatientRelay(new URL(url).port, PATIENCE_MS);
      await relay.listen();
      relay.divert();
      relays.push(relay);
    }
  });

  after(async () => {
    for (const relay of relays) relay.close();
    for (const client of clients) await client.cleanUp();
  });

  async function start({ process }) {
    const session = randomUUID();
    await process.createSession(session);
    const command = `echo before; sleep ${SILENCE_S}; echo after`;
    return { session, command: (await process.executeSessionCommand(session, { command, runAsync: true })).cmdId };
  }

  async function followedBy(client) {
    const { process } = await client.daytona.get(sandbox.id);
    const { session, command } = await start({ process });
    let seen = '';
    await process.getSessionCommandLogs(
      session,
      command,
      (chunk) => (seen += chunk),
      () => {},
    );
    return [client.version, seen];
  }

  it('is followed to its end by every client, though what is in between forgets silent connections', async () => {
    const seen = await Promise.all(clients.map(followedBy));
    assert.deepEqual(seen, VERSIONS.map((version) => [version, 'before\nafter\n']));
    assert.deepEqual(relays.map((relay) => relay.carried > 0), [true, true]);
  });

  // In the middle of an answer nothing can be said that means nothing, so this one goes past the relay.
  it('is followed to its end by a plain request', async () => {
    const { session, command } = await start(sandbox);
    const logs = `process/session/${session}/command/${command}/logs?follow=true`;
    const url = new URL(`${sandbox.toolboxProxyUrl}/${sandbox.id}/${logs}`);
    url.hostname = '127.0.0.1';
    const answer = await fetch(url, { headers: { authorization: `Bearer ${process.env.DAYTONA_API_KEY}` } });
    assert.equal(await answer.text(), 'before\nafter\n');
  });
});

describe('The relay in between', () => {
  it('forgets a connection on which nothing moves', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const relay = new ImpatientRelay(silent.address().port, 100);
    await relay.listen();
    await once(connect(relay.port, '127.0.0.1').resume(), 'close');
    relay.close();
    silent.close();
  });
});
