import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { atLeast, withEveryClient, withEveryClientsSandbox } from './lib/clients.mjs';

withEveryClientsSandbox('Python code', (box, client) => {
  const run = (...args) => box.sandbox.process.codeRun(...args);

  it('answers its output and exit code', async () => {
    const answer = await run('print("größe")\nimport sys\nsys.exit(3)');
    assert.equal(answer.result.trim(), 'größe');
    assert.equal(answer.exitCode, 3);
    assert.equal(answer.artifacts.stdout.trim(), 'größe');
    assert.deepEqual(answer.artifacts.charts ?? [], []);
  });

  it('shows where it failed', async () => {
    const answer = await run('def fail():\n    raise ValueError("no good")\n\nfail()');
    assert.equal(answer.exitCode, 1);
    assert.match(answer.result, /line 2, in fail\n[^]*ValueError: no good/);
  });

  it('shows what is no Python', async () => {
    const answer = await run('x = = 1');
    assert.equal(answer.exitCode, 1);
    assert.match(answer.result, /SyntaxError/);
  });

  it('gets arguments and environment', async () => {
    const code = 'import os, sys\nprint(sys.argv[1:], os.environ["COLOUR"])';
    const { result } = await run(code, { argv: ['one', 'two'], env: { COLOUR: 'deep-blue' } });
    assert.equal(result.trim(), "['one', 'two'] deep-blue");
  });

  it('runs in the work directory as its user', async () => {
    const { result } = await run('import os, getpass\nprint(os.getcwd(), getpass.getuser())');
    assert.equal(result.trim(), '/home/daytona daytona');
  });

  it('may print megabytes', async () => {
    assert.equal((await run('print("x" * 3_000_000)')).result.trim().length, 3_000_000);
  });

  it('ends when its time is over', async () => {
    const start = performance.now();
    await assert.rejects(run('import time\ntime.sleep(60)', undefined, 1), /time/i);
    assert.ok(performance.now() - start < 8_000);
    const { result } = await box.sandbox.process.executeCommand('pgrep -c python3 || true');
    assert.equal(result.trim(), '0');
  });

  if (atLeast(client.version, '0.167.0')) {
    it('may be megabytes, which older clients put on a command line', async () => {
      const { result } = await run(`text = "${'x'.repeat(2_000_000)}"\nprint(len(text))`);
      assert.equal(result.trim(), '2000000');
    });

    it('that is empty is refused with the reason', async () => {
      await assert.rejects(run('  '), /code is required/);
      await assert.rejects(run('1', undefined, -1), /timeout must be 0 or more/);
      await assert.rejects(run('1', { env: { '1A': 'x' } }), /invalid environment variable name/);
    });
  }
});

for (const [language, code] of [
  ['javascript', 'console.log(process.argv.slice(-2).join("+"), process.env.MOOD); process.exit(5)'],
  [
    'typescript',
    'import * as path from "path";\nconst sum = (a: number, b: number): number => a + b;\n' +
      'console.log(process.argv.slice(-2).join("+"), process.env.MOOD, sum(40, 2), path.basename("a/b"));',
  ],
]) {
  withEveryClient(`Code in ${language}`, (client) => {
    // Up to 0.27 whatever is not Python is run as TypeScript.
    const knows = language === 'typescript' || atLeast(client.version, '0.121.0');
    if (!knows) return;
    let sandbox;
    before(async () => {
      sandbox = await client.create({ language });
    });

    it('runs with arguments and environment', async () => {
      const { result } = await sandbox.process.codeRun(code, { argv: ['a', 'b'], env: { MOOD: 'calm' } });
      assert.equal(result.trim(), language === 'javascript' ? 'a+b calm' : 'a+b calm 42 b');
    });

    it('shows its errors', async () => {
      const { result } = await sandbox.process.codeRun('throw new RangeError("too far")');
      assert.match(result, /RangeError: too far/);
    });

    if (atLeast(client.version, '0.167.0')) {
      it('answers its exit code, which older clients lose in a pipe', async () => {
        assert.equal((await sandbox.process.codeRun('process.exit(5)')).exitCode, 5);
      });

      it('gets arguments as they are', async () => {
        const { result } = await sandbox.process.codeRun('console.log(JSON.stringify(process.argv.slice(2)))', {
          argv: ['a b', '--flag', "it's"],
        });
        assert.deepEqual(JSON.parse(result), ['a b', '--flag', "it's"]);
      });
    }

    if (language === 'typescript') {
      it('is checked before it runs', async () => {
        const { result } = await sandbox.process.codeRun('const x: number = "text";\nconsole.log("ran")');
        assert.match(result, /TS2322/);
        assert.doesNotMatch(result, /ran/);
      });
    }
  });
}
