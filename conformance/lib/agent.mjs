// OpenCode in a sandbox, driven by the scripted model beside it.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.mjs';

const PORT = 4096;
const MODEL_PORT = 9199;

const CONFIGURATION = {
  model: 'scripted/script',
  provider: {
    scripted: {
      npm: '@ai-sdk/openai-compatible',
      name: 'Scripted',
      options: { baseURL: `http://127.0.0.1:${MODEL_PORT}/v1`, apiKey: 'none' },
      models: { script: { name: 'Script' } },
    },
  },
};

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Starts model and OpenCode in background sessions and waits until OpenCode answers its preview. */
export async function startAgent(sandbox, { file, content, command }) {
  const password = randomUUID();
  await sandbox.fs.uploadFile(fileURLToPath(new URL('scripted-model.mjs', import.meta.url)), '/tmp/scripted-model.mjs');
  await inBackground(
    sandbox,
    'model',
    `node /tmp/scripted-model.mjs ${MODEL_PORT} ${[file, content, command].map(quoted).join(' ')}`,
  );
  const serve = await inBackground(
    sandbox,
    'opencode',
    `OPENCODE_SERVER_PASSWORD=${password} OPENCODE_CONFIG_CONTENT=${quoted(JSON.stringify(CONFIGURATION))} ` +
      `opencode serve --port ${PORT} --hostname 0.0.0.0`,
  );
  const agent = new Agent(await sandbox.getPreviewLink(PORT), password, serve);
  await eventually(() => agent.health(), { within: 60_000, every: 250 });
  return agent;
}

async function inBackground(sandbox, sessionId, command) {
  await sandbox.process.createSession(sessionId);
  const { cmdId } = await sandbox.process.executeSessionCommand(sessionId, { command, runAsync: true });
  return { sessionId, cmdId };
}

class Agent {
  /** @param serve session and command that OpenCode runs in */
  constructor(link, password, serve) {
    this.link = link;
    this.password = password;
    this.serve = serve;
  }

  request(path, { password = this.password, ...options } = {}) {
    return fetch(this.link.url.replace(/\/$/, '') + path, {
      ...options,
      headers: {
        authorization: `Basic ${Buffer.from(`opencode:${password}`).toString('base64')}`,
        'x-daytona-preview-token': this.link.token,
        'content-type': 'application/json',
      },
    });
  }

  async post(path, body) {
    const answer = await this.request(path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async health() {
    // A request that reaches OpenCode in its first moment may never be answered.
    const answer = await this.request('/global/health', { signal: AbortSignal.timeout(3_000) });
    return answer.ok && (await answer.json()).healthy;
  }

  /** Collects server-sent events with the moment of their arrival; resolves once connected. */
  async listen() {
    const stop = new AbortController();
    const events = [];
    const answer = await this.request('/event', { signal: stop.signal });
    const reading = collect(answer.body, events).catch((error) => {
      if (error.name !== 'AbortError') throw error;
    });
    return {
      events,
      async stop() {
        stop.abort();
        await reading;
      },
    };
  }

  async prompt(text) {
    const { id } = await this.post('/session', {});
    return this.post(`/session/${id}/message`, { parts: [{ type: 'text', text }] });
  }
}

async function collect(body, events) {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines.filter((one) => one.startsWith('data:'))) {
      events.push({ at: performance.now(), ...JSON.parse(line.slice(5)) });
    }
  }
}
