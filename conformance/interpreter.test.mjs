import assert from 'node:assert/strict';
import { it } from 'node:test';
import { atLeast, withEveryClientsSandbox } from './lib/clients.mjs';

withEveryClientsSandbox('Interpreter', (box, client) => {
  // Clients up to 0.103 have none.
  if (!atLeast(client.version, '0.121.0')) return;
  const run = (code, options) => box.sandbox.codeInterpreter.runCode(code, options);
  const makeContext = (cwd) => box.sandbox.codeInterpreter.createContext(cwd);

  it('keeps variables and functions from code to code', async () => {
    await run('x = 41\ndef more():\n    return x + 1');
    const { stdout, stderr, error } = await run('print(more())');
    assert.deepEqual([stdout, stderr, error], ['42\n', '', undefined]);
  });

  it('keeps contexts apart', async () => {
    const one = await makeContext();
    const other = await makeContext('/tmp');
    await run('y = 1', { context: one });
    assert.equal((await run('print(y)', { context: one })).stdout, '1\n');
    assert.equal((await run('print(y)', { context: other })).error.name, 'NameError');
    assert.equal((await run('import os; print(os.getcwd())', { context: other })).stdout, '/tmp\n');
  });

  it('lists and deletes contexts', async () => {
    const context = await makeContext('/tmp');
    assert.equal(context.language, 'python');
    assert.equal(context.cwd, '/tmp');
    const ids = async () => (await box.sandbox.codeInterpreter.listContexts()).map(({ id }) => id);
    assert.ok((await ids()).includes(context.id));
    await box.sandbox.codeInterpreter.deleteContext(context);
    assert.ok(!(await ids()).includes(context.id));
    await assert.rejects(box.sandbox.codeInterpreter.deleteContext(context), /does not exist/);
    await assert.rejects(run('1', { context }), /does not exist/);
  });

  it('streams both outputs as they come', async () => {
    const seen = [];
    const start = performance.now();
    await run('import sys, time\nprint("one")\ntime.sleep(1)\nprint("two", file=sys.stderr)', {
      onStdout: ({ output }) => seen.push(['out', output, performance.now() - start]),
      onStderr: ({ output }) => seen.push(['err', output, performance.now() - start]),
    });
    assert.deepEqual(seen.map(([stream, text]) => [stream, text]), [['out', 'one\n'], ['err', 'two\n']]);
    assert.ok(seen[1][2] - seen[0][2] > 700, 'the first came with the second');
  });

  it('tells of errors with their place', async () => {
    let told;
    const { error } = await run('def fail():\n    raise ValueError("größe")\nfail()', {
      onError: (failure) => (told = failure),
    });
    assert.deepEqual(told, error);
    assert.equal(error.name, 'ValueError');
    assert.equal(error.value, 'größe');
    assert.match(error.traceback, /line 3, in <module>\n    fail\(\)/);
    assert.equal((await run('x = = 1')).error.name, 'SyntaxError');
  });

  it('gives variables of the environment to one piece of code', async () => {
    const code = 'import os; print(os.environ.get("COLOUR"))';
    assert.equal((await run(code, { envs: { COLOUR: 'blue' } })).stdout, 'blue\n');
    assert.equal((await run(code)).stdout, 'None\n');
  });

  it('runs code for one context in turn, and contexts at once', async () => {
    const [one, other] = [await makeContext(), await makeContext()];
    await run('seen = ""', { context: one });
    const slow = 'import time\nseen += "a"\ntime.sleep(0.3)\nseen += "b"';
    const start = performance.now();
    const turns = Promise.all([1, 2, 3].map(() => run(slow, { context: one })));
    await run('1', { context: other });
    assert.ok(performance.now() - start < 850, 'another context had to wait');
    await turns;
    assert.equal((await run('print(seen)', { context: one })).stdout, 'ababab\n');
  });

  it('ends code when its time is over, and keeps the variables', async () => {
    const context = await makeContext();
    await run('kept = "here"', { context });
    const start = performance.now();
    await assert.rejects(run('import time\ntime.sleep(60)', { context, timeout: 1 }), /time/i);
    assert.ok(performance.now() - start < 8_000);
    assert.equal((await run('print(kept)', { context })).stdout, 'here\n');
  });

  it('survives code that ends it', async () => {
    const context = await makeContext();
    const { error } = await run('import os\nos._exit(9)', { context });
    assert.match(error.value, /exit status 9/);
    assert.equal((await run('print("again")', { context })).stdout, 'again\n');
  });

  it('carries megabytes both ways', async () => {
    const { stdout } = await run(`text = "${'ä'.repeat(400_000)}"\nprint(text * 5)`);
    assert.equal(stdout, `${'ä'.repeat(2_000_000)}\n`);
  });

  it('refuses what cannot be', async () => {
    await assert.rejects(run('  '), /required/i);
    await assert.rejects(run('1', { timeout: -1 }), /timeout must be 0 or more/);
    await assert.rejects(makeContext('/does/not/exist'), /cwd does not exist/);
  });
});
