import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, it } from 'node:test';
import { startAgent } from './lib/agent.mjs';
import { withEveryClient } from './lib/clients.mjs';

withEveryClient('OpenCode', (client) => {
  const script = {
    file: '/home/daytona/answer.txt',
    content: `written by the agent ${randomUUID()}\n`,
    command: 'tr a-z A-Z < answer.txt > loud.txt && echo shouted',
  };
  let sandbox;
  let agent;
  let turn;

  before(async () => {
    sandbox = await client.create({ snapshot: 'opencode' });
    agent = await startAgent(sandbox, script);
    const stream = await agent.listen();
    const began = performance.now();
    const message = await agent.prompt('Please write the file, then make it loud.');
    turn = { message, events: stream.events, seconds: (performance.now() - began) / 1000, ended: performance.now() };
    await stream.stop();
  });

  it('honours its password behind the preview', async () => {
    assert.equal((await agent.request('/global/health', { password: 'wrong' })).status, 401);
  });

  it('says in its session’s log where it listens', async () => {
    const logs = await sandbox.process.getSessionCommandLogs(agent.serve.sessionId, agent.serve.cmdId);
    assert.match(logs.stdout, /opencode server listening on http/);
  });

  it('finishes a turn', () => {
    assert.equal(turn.message.info.role, 'assistant');
    assert.equal(turn.message.info.error, undefined);
    assert.match(turn.message.parts.filter((part) => part.type === 'text').at(-1).text, /It is done\./);
  });

  it('wrote the file with its own tools', async () => {
    assert.equal((await sandbox.fs.downloadFile(script.file)).toString(), script.content);
    assert.equal((await sandbox.fs.downloadFile('/home/daytona/loud.txt')).toString(), script.content.toUpperCase());
  });

  it('tells of the turn while it goes on', () => {
    const steps = turn.events.filter((event) => event.type.startsWith('message.part'));
    const tools = steps.map((event) => event.properties.part).filter((part) => part?.type === 'tool');
    assert.deepEqual([...new Set(tools.map((part) => part.tool))], ['write', 'bash']);
    const ahead = turn.ended - steps[0].at;
    assert.ok(ahead > 400, `the first step was heard of ${Math.round(ahead)} ms before the end`);
    const moments = new Set(steps.map((event) => Math.round(event.at / 50)));
    assert.ok(moments.size >= 5, `${steps.length} steps came in ${moments.size} bursts`);
  });
});
