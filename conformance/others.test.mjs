import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { FAILS, outcomeOf } from './lib/calls.mjs';
import { withEveryClientsSandbox } from './lib/clients.mjs';

const NOTHING = '00000000-0000-0000-0000-000000000000';

withEveryClientsSandbox('Whatever else is offered', (box, client) => {
  /** Each of these methods that this client has is answered or refused in words, and soon. */
  async function answered(target, calls) {
    for (const [name, ...args] of calls.filter(([name]) => target?.[name])) {
      const call = Promise.resolve(target[name](...args)).catch((error) => {
        assert.notEqual(outcomeOf(error), FAILS, `${name}: ${error.stack}`);
      });
      await Promise.race([call, tooLate(name)]);
    }
  }

  function tooLate(name) {
    return new Promise((_, reject) => {
      setTimeout(() => reject(new Error(`${name} took longer than 30 s`)), 30_000).unref();
    });
  }

  it('about volumes, secrets, pools and snapshots is answered', async () => {
    const { volume, secret, warmPool, snapshot } = client.daytona;
    await answered(volume, [['list'], ['get', 'none'], ['create', 'conformance'], ['delete', { id: NOTHING }]]);
    await answered(secret, [
      ['list'],
      ['get', NOTHING],
      ['create', { name: 'CONFORMANCE', value: 'x' }],
      ['update', NOTHING, { value: 'y' }],
      ['delete', NOTHING],
    ]);
    await answered(warmPool, [['list']]);
    await answered(snapshot, [['list'], ['get', 'default']]);
  });

  it('about a sandbox is answered', async () => {
    await answered(box.sandbox, [
      ['getUserHomeDir'],
      ['getUserRootDir'],
      ['getWorkDir'],
      ['refreshData'],
      ['refreshActivity'],
      ['getMetricsLatest'],
      ['getMetrics'],
      ['downloadUrl', '/tmp/x'],
      ['uploadUrl', '/tmp/x'],
      ['rotateSigningKey'],
      ['setAutoDeleteInterval', 60],
      ['setAutoPauseInterval', 0],
      ['setTtl', 60],
      ['updateNetworkSettings', { networkBlockAll: false }],
      ['updateSecrets', {}],
      ['updateEnv', { A: 'b' }],
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
  });

  it('about starting and stopping through the client is answered', async () => {
    const sandbox = await client.create();
    await answered(client.daytona, [['stop', sandbox], ['start', sandbox], ['findOne', { id: sandbox.id }], ['delete', sandbox]]);
  });

  it('about code is answered', async () => {
    await answered(box.sandbox.process, [['codeRun', 'print(1)'], ['getEntrypointSession'], ['getEntrypointLogs']]);
    await answered(box.sandbox.codeInterpreter, [
      ['createContext'],
      ['listContexts'],
      ['deleteContext', { id: NOTHING }],
      ['runCode', 'print(1)'],
    ]);
  });

  it('about the desktop is answered', async () => {
    const desktop = box.sandbox.computerUse;
    const region = { x: 0, y: 0, width: 10, height: 10 };
    await answered(desktop, [
      ['start'],
      ['getStatus'],
      ['getProcessStatus', 'xvfb'],
      ['getProcessLogs', 'xvfb'],
      ['getProcessErrors', 'xvfb'],
      ['restartProcess', 'xvfb'],
    ]);
    await answered(desktop?.mouse, [
      ['getPosition'],
      ['move', 1, 1],
      ['click', 1, 1],
      ['drag', 1, 1, 2, 2],
      ['scroll', 1, 1, 'up'],
    ]);
    await answered(desktop?.keyboard, [['type', 'x'], ['press', 'a'], ['hotkey', 'ctrl+a']]);
    await answered(desktop?.screenshot, [
      ['takeFullScreen'],
      ['takeRegion', region],
      ['takeCompressed'],
      ['takeCompressedRegion', region],
    ]);
    await answered(desktop?.display, [['getInfo'], ['getWindows']]);
    await answered(desktop?.recording, [['list'], ['start'], ['stop', 'none'], ['get', 'none'], ['delete', 'none']]);
    await answered(desktop?.accessibility, [
      ['getTree'],
      ['findNodes'],
      ['focusNode', 'none'],
      ['invokeNode', 'none'],
      ['setNodeValue', 'none', 'x'],
    ]);
    await answered(desktop, [['stop']]);
  });
});
