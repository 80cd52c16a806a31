// The official clients by version, and the little in which their own interfaces differ.
import { after, before, describe, it } from 'node:test';
import { createRequire } from 'node:module';
import { watch } from './calls.mjs';

const require = createRequire(import.meta.url);

export const VERSIONS = ['0.27.1', '0.121.0', '0.167.0', '0.190.1', '0.218.0'];

const loaded = new Map();

function load(version) {
  if (!loaded.has(version)) {
    const name = `sdk-${version.replaceAll('.', '-')}`;
    watch(name, `TypeScript ${version}`);
    loaded.set(version, require(name));
  }
  return loaded.get(version);
}

/** Whether a version is at least another one. */
export function atLeast(version, other) {
  return version.localeCompare(other, 'en', { numeric: true }) >= 0;
}

/** A client of one version; its address and key come from DAYTONA_API_URL and DAYTONA_API_KEY. */
export class Client {
  constructor(version, config = undefined) {
    this.version = version;
    this.sdk = load(version);
    this.daytona = new this.sdk.Daytona(config);
    this.created = [];
  }

  /** A started sandbox, deleted by cleanUp. */
  async create(params = {}) {
    const sandbox = await this.daytona.create({ language: 'python', ...params }, { timeout: 120 });
    this.created.push(sandbox);
    return sandbox;
  }

  /** The sandboxes that carry all these labels, whatever shape the client's list has. */
  async list(labels) {
    if (atLeast(this.version, '0.190.0')) {
      return Array.fromAsync(this.daytona.list({ labels }));
    }
    const answer = await this.daytona.list(labels);
    return Array.isArray(answer) ? answer : answer.items;
  }

  async cleanUp() {
    for (const sandbox of this.created) {
      await sandbox.delete().catch((error) => {
        if (!/not found/i.test(error.message)) throw error;
      });
    }
    await this.daytona[Symbol.asyncDispose]?.();
  }
}

/** Defines a test of what this client can do since some version; older ones have no such call. */
export function itSince(version, client, name, test) {
  if (atLeast(client.version, version)) it(name, test);
}

/** Runs a suite once with every version. */
export function withEveryClient(subject, suite) {
  for (const version of VERSIONS) {
    describe(`${subject}, client ${version}`, { timeout: 180_000 }, () => {
      const client = new Client(version);
      after(() => client.cleanUp());
      suite(client);
    });
  }
}

/** Runs a suite once with every version, on one sandbox that its tests share. */
export function withEveryClientsSandbox(subject, suite) {
  withEveryClient(subject, (client) => {
    const box = {};
    before(async () => {
      box.sandbox = await client.create();
    });
    suite(box, client);
  });
}
