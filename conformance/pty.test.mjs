import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { atLeast, withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

withEveryClientsSandbox('Terminals', (box, client) => {
  // Clients up to 0.103 have none.
  if (!atLeast(client.version, '0.121.0')) return;
  const pty = () => box.sandbox.process;

  async function open(options = {}) {
    const screen = { text: '' };
    const decoder = new TextDecoder();
    const id = `pty-${randomUUID()}`;
    const handle = await pty().createPty({
      id,
      onData: (data) => (screen.text += decoder.decode(data, { stream: true })),
      ...options,
    });
    const shows = (expected) => eventually(() => expected.test(screen.text));
    // A shell may throw away what is typed before it is ready.
    await eventually(async () => {
      if (/re0dy/.test(screen.text)) return true;
      await handle.sendInput('echo re$((0))dy\n');
      return false;
    });
    return { id, handle, screen, shows, type: (text) => handle.sendInput(text) };
  }

  it('are a login shell in its directory, with its environment and size', async () => {
    const { handle, shows, type } = await open({ cwd: '/tmp', envs: { MOOD: 'calm' }, cols: 90, rows: 30 });
    await type('echo "<$PWD $MOOD $TERM $(stty size)>"\n');
    await shows(/<\/tmp calm xterm-256color 30 90>/);
    await handle.kill();
  });

  it('answer with the exit code of their shell', async () => {
    const { handle, type } = await open();
    await type('exit 7\n');
    const end = await handle.wait();
    assert.equal(end.exitCode, 7);
    assert.equal(handle.exitCode, 7);
  });

  it('take Ctrl-C', async () => {
    const { handle, screen, shows, type } = await open();
    await type('echo ab$((0))ut; sleep 1000\n');
    await shows(/ab0ut/);
    await eventually(async () => {
      if (/st0pped/.test(screen.text)) return true;
      await type('\x03');
      await type('echo st$((0))pped\n');
      return false;
    });
    await handle.kill();
  });

  it('are listed and described, and change their size', async () => {
    const { id, handle, shows, type } = await open();
    const listed = (await pty().listPtySessions()).find((session) => session.id === id);
    assert.deepEqual([listed.cols, listed.rows, listed.active], [80, 24, true]);
    const resized = await handle.resize(120, 40);
    assert.deepEqual([resized.cols, resized.rows], [120, 40]);
    assert.equal((await pty().getPtySessionInfo(id)).cols, 120);
    await type('echo "<$(stty size)>"\n');
    await shows(/<40 120>/);
    await handle.kill();
  });

  it('may have several viewers, who see what was there before', async () => {
    const { id, handle, type, shows } = await open();
    await type('echo be$((0))fore\n');
    await shows(/be0fore/);
    let second = '';
    const viewer = await pty().connectPty(id, { onData: (data) => (second += new TextDecoder().decode(data)) });
    await eventually(() => /be0fore/.test(second));
    await viewer.sendInput('echo bo$((0))th\n');
    await shows(/bo0th/);
    await eventually(() => /bo0th/.test(second));
    await viewer.disconnect();
    await type('echo al$((0))ne\n');
    await shows(/al0ne/);
    await handle.kill();
  });

  it('outlive their viewers', async () => {
    const { id, handle, type } = await open();
    await type('KEPT=here\n');
    await handle.disconnect();
    let seen = '';
    const again = await pty().connectPty(id, { onData: (data) => (seen += new TextDecoder().decode(data)) });
    await again.sendInput('echo "<$KEPT>"\n');
    await eventually(() => /<here>/.test(seen));
    await again.kill();
  });

  it('end with all that runs in them', async () => {
    const { id, handle, shows, type } = await open();
    await type('sleep 4321 & echo st$((0))rted\n');
    await shows(/st0rted/);
    await pty().killPtySession(id);
    await handle.wait();
    const { result } = await pty().executeCommand('pgrep -f "sleep 432[1]" || echo none');
    assert.equal(result.trim(), 'none');
    await assert.rejects(pty().getPtySessionInfo(id), /not found|does not exist|no process/i);
  });

  it('carry megabytes', async () => {
    const { handle, screen, shows, type } = await open();
    await type('head -c 3000000 /dev/zero | tr "\\0" x; echo en$((0))d\n');
    await shows(/en0d/);
    assert.equal((screen.text.match(/x/g) ?? []).length >= 3_000_000, true);
    await handle.kill();
  });

  it('refuse what cannot be', async () => {
    const { id, handle } = await open();
    await assert.rejects(pty().createPty({ id, onData() {} }));
    await assert.rejects(pty().createPty({ id: randomUUID(), cols: 5000, onData() {} }));
    await assert.rejects(pty().createPty({ id: '', onData() {} }));
    await assert.rejects(pty().resizePtySession(id, 0, 10), /1 to 1000/);
    await assert.rejects(pty().killPtySession('none'), /not found|does not exist|no process/i);
    await handle.kill();
  });
});
