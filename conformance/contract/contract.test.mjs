// The check itself: what it calls a violation, and what it lets pass.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Contract } from './contract.mjs';
import { CheckingProxy } from './proxy.mjs';

const CONTRACT = new Contract([
  {
    service: 'api',
    version: '2.0.0',
    operations: [
      { method: 'GET', path: '/boxes/{id}', statuses: { 200: { model: 'Box' } } },
      { method: 'GET', path: '/boxes/all', statuses: { 200: { list: { model: 'Box' } } } },
    ],
    models: {
      Box: {
        fields: {
          id: { required: true, shape: 'string' },
          size: { required: true, shape: { nullable: 'integer' } },
          state: { required: false, shape: { nullable: { model: 'State' } } },
          labels: { required: false, shape: { map: 'string' } },
        },
      },
      State: { values: ['on', 'off'] },
    },
  },
  {
    service: 'api',
    version: '1.0.0',
    operations: [{ method: 'GET', path: '/boxes/{id}', statuses: { 201: null } }],
    models: {},
  },
]);

const BOX = { id: 'a', size: 1, state: 'on', labels: { a: 'b' } };

describe('The contract', () => {
  const violations = (status, body, path = '/api/boxes/a', version = '2.0.0') =>
    CONTRACT.violations(version, 'GET', path, status, body).map((sentence) => sentence.replace(/^.*?: /, ''));

  it('is kept by what has all required keys, and more', () => {
    assert.deepEqual(violations(200, { ...BOX, more: 1 }), []);
    assert.deepEqual(violations(200, { id: 'a', size: null }), []);
  });

  it('is broken by a missing key, a wrong kind and an unknown value, wherever they are', () => {
    assert.deepEqual(violations(200, { id: 'a' }), ['.size is missing']);
    assert.deepEqual(violations(200, { ...BOX, size: 1.5 }), ['.size is no integer']);
    assert.deepEqual(violations(200, { ...BOX, state: 'up' }), ['.state is "up", no value of its kind']);
    assert.deepEqual(violations(200, { ...BOX, labels: { a: 1 } }), ['.labels.* is no string']);
    assert.deepEqual(violations(200, [{ ...BOX, id: 1 }], '/api/boxes/all'), ['[].id is no string']);
    assert.deepEqual(violations(200, []), ['the body is no object']);
  });

  it('is broken by a status that is not documented', () => {
    assert.deepEqual(violations(204), ['status 204, documented: 200']);
    assert.deepEqual(violations(500, BOX), ['status 500: the server did not expect this']);
  });

  it('wants errors that clients can read', () => {
    assert.deepEqual(violations(404, { statusCode: 404, message: 'none' }), []);
    assert.deepEqual(violations(404), ['status 404 without message and statusCode']);
  });

  it('is the one of the client’s own version', () => {
    assert.deepEqual(violations(201, {}, '/api/boxes/a', '1.0.0'), []);
    assert.deepEqual(violations(201, {}, '/api/boxes/a', 'unknown'), ['status 201, documented: 200']);
  });
});

describe('The checking proxy', () => {
  it('passes an answer on, leads toolbox calls through itself, and notes what is wrong', async () => {
    const server = createServer((_, response) => {
      const { port } = server.address();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: 'a', toolbox: `http://localhost:${port}/toolbox` }));
    }).listen(0);
    await once(server, 'listening');
    const proxy = new CheckingProxy(`http://localhost:${server.address().port}/api`, CONTRACT);
    await proxy.listen();
    const body = await (await fetch(`${proxy.apiUrl}/boxes/a`)).json();
    assert.deepEqual(body, { id: 'a', toolbox: `${proxy.origin}/toolbox` });
    assert.deepEqual([...proxy.violations.keys()], ['GET /boxes/{id} (api 2.0.0): .size is missing']);
    proxy.close();
    server.close();
  });
});
