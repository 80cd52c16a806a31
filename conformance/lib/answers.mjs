// What a client's calls may come to.
import assert from 'node:assert/strict';
import { NOT_SERVED, outcomeOf } from './calls.mjs';
import { atLeast } from './clients.mjs';

/** Fails with this message and, where the client tells it, this status. */
export async function refused(client, promise, status, message) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof client.sdk.DaytonaError, `${error.constructor.name}: ${error.message}`);
    assert.match(error.message, message);
    if (atLeast(client.version, '0.121.0')) assert.equal(error.statusCode, status);
    return true;
  });
}

/** The server says of each of these methods, where this client has them, that it does not serve them. */
export async function notServed(target, calls) {
  for (const [name, ...args] of calls.filter(([name]) => target?.[name])) {
    await assert.rejects(target[name](...args), (error) => {
      assert.equal(outcomeOf(error), NOT_SERVED, `${name}: ${error.stack}`);
      return true;
    });
  }
}
