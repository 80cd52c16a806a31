import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { refused } from './lib/answers.mjs';
import { itSince, withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

const MIB = 1024 * 1024;

withEveryClientsSandbox('Sessions', (box, client) => {
  async function session() {
    const id = `session-${randomUUID()}`;
    const { process } = box.sandbox;
    await process.createSession(id);
    return {
      id,
      run: (command) => process.executeSessionCommand(id, { command }),
      start: async (command) => (await process.executeSessionCommand(id, { command, runAsync: true })).cmdId,
      logs: (command) => process.getSessionCommandLogs(id, command),
      command: (command) => process.getSessionCommand(id, command),
      async follow(command) {
        const seen = { stdout: '', stderr: '', times: [] };
        await process.getSessionCommandLogs(
          id,
          command,
          (chunk) => {
            seen.stdout += chunk;
            seen.times.push(performance.now());
          },
          (chunk) => (seen.stderr += chunk),
        );
        return seen;
      },
    };
  }

  it('keep directory and variables from command to command', async () => {
    const { run } = await session();
    await run('cd /tmp && export MOOD=calm');
    const answer = await run('echo "$PWD $MOOD"');
    assert.equal(answer.stdout.trim(), '/tmp calm');
    assert.equal(answer.exitCode, 0);
  });

  it('tell output and errors apart, and the exit code', async () => {
    const { run } = await session();
    const answer = await run('echo out; echo err >&2; (exit 3)');
    assert.equal(answer.stdout.trim(), 'out');
    assert.equal(answer.stderr.trim(), 'err');
    assert.equal(answer.exitCode, 3);
  });

  it('run a command in the background whose logs can be read later', async () => {
    const { start, logs, command } = await session();
    const id = await start('echo begun; echo wrong >&2; sleep 0.3; echo ended');
    const finished = await eventually(async () => {
      const state = await command(id);
      return state.exitCode === undefined || state.exitCode === null ? undefined : state;
    });
    assert.equal(finished.exitCode, 0);
    const seen = await logs(id);
    assert.equal(seen.stdout, 'begun\nended\n');
    assert.equal(seen.stderr, 'wrong\n');
  });

  it('let a running command be followed as it speaks', async () => {
    const { start, follow } = await session();
    const id = await start('for i in 1 2 3 4; do echo line $i; echo note $i >&2; sleep 0.4; done');
    const seen = await follow(id);
    assert.equal(seen.stdout, 'line 1\nline 2\nline 3\nline 4\n');
    assert.equal(seen.stderr, 'note 1\nnote 2\nnote 3\nnote 4\n');
    assert.ok(seen.times.at(-1) - seen.times[0] > 700, 'lines came in one burst');
  });

  it('let an ended command be followed from its beginning', async () => {
    const { run, follow } = await session();
    const { cmdId } = await run('echo early; echo late');
    assert.equal((await follow(cmdId)).stdout, 'early\nlate\n');
  });

  // Older clients take what they get apart byte by byte, too slowly or with too deep a stack for so much.
  itSince('0.167.0', client, 'keep 100 MiB of a command’s output', async () => {
    const { run, logs } = await session();
    const much = await run(`head -c ${100 * MIB} /dev/zero | tr '\\0' x`);
    assert.equal((await logs(much.cmdId)).stdout.length, 100 * MIB);
  });

  itSince('0.167.0', client, 'refuse input to a command that has ended', async () => {
    const { id, run } = await session();
    const { cmdId } = await run('true');
    await refused(client, box.sandbox.process.sendSessionCommandInput(id, cmdId, 'late\n'), 410, /ended|gone|not run/i);
  });

  it('leave a running command its exit code open', async () => {
    const { id, start, command } = await session();
    assert.equal((await command(await start('sleep 30'))).exitCode ?? undefined, undefined);
    await box.sandbox.process.deleteSession(id);
  });

  itSince('0.167.0', client, 'hand input to a waiting command', async () => {
    const { id, start, follow } = await session();
    const command = await start('read -r name; echo "hello $name"');
    const following = follow(command);
    await box.sandbox.process.sendSessionCommandInput(id, command, 'Ada\n');
    assert.match((await following).stdout, /hello Ada\n$/);
  });

  it('are listed with their commands', async () => {
    const { id, run } = await session();
    const { cmdId } = await run('true');
    const listed = (await box.sandbox.process.listSessions()).find((one) => one.sessionId === id);
    assert.deepEqual(listed.commands.map((one) => [one.id, one.command, one.exitCode]), [[cmdId, 'true', 0]]);
    assert.equal((await box.sandbox.process.getSession(id)).sessionId, id);
  });

  it('take their processes with them when deleted', async () => {
    const { id, start } = await session();
    await start(`bash -c 'exec -a doomed sleep 1000'`);
    await eventually(async () => (await box.sandbox.process.executeCommand('pgrep -f "^doomed"')).exitCode === 0);
    await box.sandbox.process.deleteSession(id);
    assert.equal((await box.sandbox.process.executeCommand('pgrep -f "^doomed"')).exitCode, 1);
    await assert.rejects(box.sandbox.process.getSession(id), /no session/i);
  });
});
