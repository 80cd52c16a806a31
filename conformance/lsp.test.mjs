import assert from 'node:assert/strict';
import { it } from 'node:test';
import { atLeast, withEveryClientsSandbox } from './lib/clients.mjs';

const PYTHON = `class Greeter:
    def greet_everybody(self, name):
        return "hello " + name

def make_greeter():
    return Greeter()

make_greeter().gre
`;

const TYPESCRIPT = `export class Greeter {
  greetEverybody(name: string): string {
    return 'hello ' + name;
  }
}

export function makeGreeter(): Greeter {
  return new Greeter();
}

makeGreeter().
`;

withEveryClientsSandbox('Language servers', (box, client) => {
  const write = (path, text) => box.sandbox.fs.uploadFile(Buffer.from(text), path);

  async function started(language, project) {
    await box.sandbox.fs.createFolder(project, '755');
    const server = await box.sandbox.createLspServer(language, project);
    await server.start();
    return server;
  }

  /** The symbols of the whole project, by the method's present name and its former one. */
  async function projectSymbols(server, query) {
    const symbols = await server.sandboxSymbols(query);
    assert.deepEqual(await server.workspaceSymbols(query), symbols);
    return symbols;
  }

  const names = (symbols) => symbols.map((symbol) => symbol.name);

  it('know Python', async () => {
    const server = await started('python', '/tmp/python');
    await write('/tmp/python/greeter.py', PYTHON);
    await server.didOpen('/tmp/python/greeter.py');

    const symbols = await server.documentSymbols('/tmp/python/greeter.py');
    const greeter = symbols.find((symbol) => symbol.name === 'Greeter');
    assert.equal(greeter.kind, 5);
    assert.equal(greeter.location.uri, 'file:///tmp/python/greeter.py');
    assert.equal(greeter.location.range.start.line, 0);
    assert.ok(names(symbols).includes('make_greeter'));

    const { items, isIncomplete } = await server.completions('/tmp/python/greeter.py', { line: 7, character: 18 });
    assert.equal(typeof isIncomplete, 'boolean');
    assert.ok(items.some((item) => item.label.startsWith('greet_everybody')), JSON.stringify(items));

    assert.ok(names(await projectSymbols(server, 'make_gr')).includes('make_greeter'));
    assert.deepEqual(await projectSymbols(server, 'no_such_name'), []);
    await server.didClose('/tmp/python/greeter.py');
    await server.stop();
  });

  it('know TypeScript', async () => {
    const server = await started('typescript', '/tmp/typescript');
    await write('/tmp/typescript/tsconfig.json', '{"compilerOptions":{"strict":true}}');
    await write('/tmp/typescript/greeter.ts', TYPESCRIPT);
    await server.didOpen('/tmp/typescript/greeter.ts');

    const symbols = await server.documentSymbols('/tmp/typescript/greeter.ts');
    assert.ok(names(symbols).includes('makeGreeter'), JSON.stringify(symbols));
    assert.ok(names(symbols).includes('greetEverybody'));

    const { items } = await server.completions('/tmp/typescript/greeter.ts', { line: 10, character: 14 });
    assert.ok(items.some((item) => item.label === 'greetEverybody'));

    assert.ok(names(await projectSymbols(server, 'makeGr')).includes('makeGreeter'));
    await server.stop();
  });

  it('see what has changed on disk', async () => {
    const server = await started('python', '/tmp/changing');
    await write('/tmp/changing/a.py', 'def before(): pass\n');
    await server.didOpen('/tmp/changing/a.py');
    assert.ok(names(await server.documentSymbols('/tmp/changing/a.py')).includes('before'));
    await write('/tmp/changing/a.py', 'def afterwards(): pass\n');
    assert.ok(names(await server.documentSymbols('/tmp/changing/a.py')).includes('afterwards'));
    await server.stop();
  });

  it('are asked only while they run', async () => {
    const server = await started('python', '/tmp/stopped');
    await server.stop();
    await assert.rejects(server.documentSymbols('/tmp/stopped/a.py'), (error) => {
      assert.match(error.message, /start/);
      if (atLeast(client.version, '0.121.0')) assert.equal(error.statusCode, 400);
      return true;
    });
  });
});
