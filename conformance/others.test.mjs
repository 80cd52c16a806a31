import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { notServed, refused } from './lib/answers.mjs';
import { itSince, withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

const NOTHING = '00000000-0000-0000-0000-000000000000';

withEveryClientsSandbox('Whatever else is offered', (box, client) => {
  /** When the sandbox was used last, which older clients do not tell. */
  async function lastActivity() {
    const headers = { authorization: `Bearer ${process.env.DAYTONA_API_KEY}` };
    const answer = await fetch(`${process.env.DAYTONA_API_URL}/sandbox/${box.sandbox.id}`, { headers });
    return Date.parse((await answer.json()).lastActivityAt);
  }

  it('about volumes and secrets is said to be not served', async () => {
    const { volume, secret } = client.daytona;
    await notServed(volume, [['list'], ['get', 'none'], ['create', 'conformance'], ['delete', { id: NOTHING }]]);
    await notServed(secret, [
      ['list'],
      ['get', NOTHING],
      ['create', { name: 'CONFORMANCE', value: 'x' }],
      ['update', NOTHING, { value: 'y' }],
      ['delete', NOTHING],
    ]);
  });

  it('about a sandbox is said to be not served', async () => {
    await notServed(box.sandbox, [
      ['getMetrics'],
      ['setAutoPauseInterval', 0],
      ['setTtl', 60],
      ['updateNetworkSettings', { networkBlockAll: false }],
      ['updateSecrets', {}],
      ['getSignedPreviewUrl', 8123],
      ['expireSignedPreviewUrl', 8123, 'none'],
      ['createSshAccess'],
      ['validateSshAccess', 'none'],
      ['revokeSshAccess', 'none'],
      ['resize', { cpu: 1 }],
      ['recover'],
      ['archive'],
      ['pause'],
      ['_experimental_fork'],
      ['fork'],
      ['_experimental_createSnapshot', `conformance-${randomUUID()}`],
      ['createSnapshot', `conformance-${randomUUID()}`],
    ]);
    await notServed(client.daytona, [['fork', box.sandbox], ['_experimental_fork', box.sandbox]]);
  });

  it('leaves the sandbox as it was', async () => {
    await box.sandbox.refreshData();
    assert.equal(box.sandbox.state, 'started');
    assert.equal((await box.sandbox.process.executeCommand('echo well')).result.trim(), 'well');
  });

  it('about directories names the user’s', async () => {
    assert.equal(await box.sandbox.getUserRootDir(), '/home/daytona');
    for (const name of ['getUserHomeDir', 'getWorkDir']) {
      if (box.sandbox[name]) assert.equal(await box.sandbox[name](), '/home/daytona', name);
    }
  });

  itSince('0.218.0', client, 'about metrics and the environment is answered', async () => {
    const metrics = await box.sandbox.getMetricsLatest();
    assert.ok(metrics.cpuCount >= 1 && metrics.memTotal > metrics.memUsed && metrics.memUsed > 0, JSON.stringify(metrics));
    assert.ok(metrics.diskTotal > metrics.diskUsed && metrics.diskUsed >= 0, JSON.stringify(metrics));
    assert.ok(Math.abs(Date.now() - Date.parse(metrics.timestamp)) < 60_000, JSON.stringify(metrics));
    await box.sandbox.updateEnv({ MOOD: 'cälm' });
    assert.equal((await box.sandbox.process.executeCommand('echo $MOOD')).result.trim(), 'cälm');
    await box.sandbox.updateEnv({}, { unset: ['MOOD'] });
    assert.equal((await box.sandbox.process.executeCommand('echo ${MOOD-none}')).result.trim(), 'none');
    await refused(client, box.sandbox.updateEnv({ '1=2': 'x' }), 400, /name/i);
  });

  itSince('0.121.0', client, 'about activity is noted', async () => {
    const before = await lastActivity();
    await pause(10);
    await box.sandbox.refreshActivity();
    await eventually(async () => (await lastActivity()) > before);
  });

  itSince('0.167.0', client, 'about a resize that is over is answered', async () => {
    const waiting = await client.daytona.get(box.sandbox.id);
    waiting.state = 'resizing';
    await waiting.waitForResizeComplete(20);
    assert.equal(waiting.state, 'started');
  });

  it('about starting and stopping through the client is answered', async () => {
    const sandbox = await client.create();
    await client.daytona.stop(sandbox);
    assert.equal((await client.daytona.get(sandbox.id)).state, 'stopped');
    await client.daytona.start(sandbox);
    assert.equal((await client.daytona.get(sandbox.id)).state, 'started');
    if (client.daytona.findOne) assert.equal((await client.daytona.findOne({ id: sandbox.id })).id, sandbox.id);
    await client.daytona.delete(sandbox);
    await refused(client, sandbox.start(), 404, /not found/i);
  });

  itSince('0.167.0', client, 'about the entrypoint of a snapshot without one says so', async () => {
    await refused(client, box.sandbox.process.getEntrypointSession(), 404, /no session entrypoint/);
    await refused(client, box.sandbox.process.getEntrypointLogs(), 404, /no session entrypoint/);
  });

  itSince('0.121.0', client, 'about contexts that do not exist says so', async () => {
    const { codeInterpreter } = box.sandbox;
    await refused(client, codeInterpreter.deleteContext({ id: NOTHING }), 404, /does not exist/);
    assert.deepEqual(await codeInterpreter.listContexts(), []);
  });

  /** Each of these methods that this client has says that there is no desktop. */
  async function noDesktop(target, calls) {
    for (const [name, ...args] of calls.filter(([name]) => target?.[name])) {
      await refused(client, target[name](...args), 503, /sandboxes have no desktop/);
    }
  }

  it('about the desktop says that there is none', async () => {
    const desktop = box.sandbox.computerUse;
    const region = { x: 0, y: 0, width: 10, height: 10 };
    await noDesktop(desktop, [
      ['start'],
      ['getStatus'],
      ['getProcessStatus', 'xvfb'],
      ['getProcessLogs', 'xvfb'],
      ['getProcessErrors', 'xvfb'],
      ['restartProcess', 'xvfb'],
      ['stop'],
    ]);
    await noDesktop(desktop.mouse, [
      ['getPosition'],
      ['move', 1, 1],
      ['click', 1, 1],
      ['drag', 1, 1, 2, 2],
      ['scroll', 1, 1, 'up'],
    ]);
    await noDesktop(desktop.keyboard, [['type', 'x'], ['press', 'a'], ['hotkey', 'ctrl+a']]);
    await noDesktop(desktop.screenshot, [
      ['takeFullScreen'],
      ['takeRegion', region],
      ['takeCompressed'],
      ['takeCompressedRegion', region],
    ]);
    await noDesktop(desktop.display, [['getInfo'], ['getWindows']]);
    await noDesktop(desktop.accessibility, [
      ['getTree'],
      ['findNodes'],
      ['focusNode', 'none'],
      ['invokeNode', 'none'],
      ['setNodeValue', 'none', 'x'],
    ]);
  });

  itSince('0.167.0', client, 'about recordings says that there is no desktop, and leaves no file', async () => {
    const { recording } = box.sandbox.computerUse;
    await noDesktop(recording, [['list'], ['start'], ['stop', 'none'], ['get', 'none'], ['delete', 'none']]);
    const file = join(tmpdir(), `recording-${randomUUID()}`);
    await assert.rejects(recording.download('none', file), (error) => {
      assert.equal(error.statusCode, 503, error.stack);
      return true;
    });
    assert.ok(!existsSync(file));
  });
});
