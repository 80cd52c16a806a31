import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withEveryClientsSandbox } from './lib/clients.mjs';

const MIB = 1024 * 1024;

withEveryClientsSandbox('Commands', (box) => {
  const execute = (...args) => box.sandbox.process.executeCommand(...args);

  it('answer their output and exit code', async () => {
    const { result, exitCode } = await execute('echo one && echo two');
    assert.equal(result.trim(), 'one\ntwo');
    assert.equal(exitCode, 0);
  });

  it('report a failure by its exit code', async () => {
    assert.equal((await execute('exit 7')).exitCode, 7);
    assert.equal((await execute('no-such-program')).exitCode, 127);
  });

  it('mix standard error into the result', async () => {
    assert.match((await execute('echo trouble >&2')).result, /trouble/);
  });

  it('understand pipes, quotes, here-documents and umlauts', async () => {
    const text = `cat <<'END' | tr a-z A-Z\nit's "fine" $HOME\nEND\nprintf 'grüße\\n'`;
    assert.equal((await execute(text)).result.trim(), `IT'S "FINE" $HOME\ngrüße`);
  });

  it('run in the directory and with the environment they are given', async () => {
    const { result } = await execute('pwd; echo "$COLOUR"', '/tmp', { COLOUR: 'deep-blue' });
    assert.equal(result.trim(), '/tmp\ndeep-blue');
  });

  it('start in the home of the user daytona', async () => {
    assert.equal((await execute('pwd; id -un')).result.trim(), '/home/daytona\ndaytona');
  });

  it('may become root without a password', async () => {
    assert.equal((await execute('sudo -n id -u 2>/dev/null')).result.trim(), '0');
  });

  it('find the tools that the default image promises', async () => {
    const tools = 'python3 pip node npm tsc ts-node git curl rg ps pylsp typescript-language-server sudo';
    const { result } = await execute(`for tool in ${tools}; do command -v $tool >/dev/null || echo "no $tool"; done`);
    assert.equal(result.trim(), '');
  });

  it('carry 100 MiB of output', async () => {
    const { result } = await execute(`head -c ${100 * MIB} /dev/zero | tr '\\0' x`);
    assert.equal(result.length, 100 * MIB);
    assert.match(result, /^x+$/);
  });

  it('may say nothing', async () => {
    assert.equal((await execute('true')).result, '');
  });

  it('end when their time is over', async () => {
    const before = performance.now();
    await assert.rejects(execute('sleep 60', undefined, undefined, 1), /time/i);
    assert.ok(performance.now() - before < 8_000);
    assert.equal((await execute('pgrep -x sleep || echo none')).result.trim(), 'none');
  });
});
