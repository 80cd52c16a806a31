// Notes what became of every call of a client's public methods, for the table of compatibility. The
// client stays as it is published; its methods are wrapped from outside while tests run.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

export const WORKS = 'works';
export const NOT_SERVED = 'not served';
export const FAILS = 'fails';

// The server's words for a path that it has not, and the clients' for a WebSocket that gets them.
const UNKNOWN_PATH = /Cannot (GET|POST|PUT|PATCH|DELETE) \/|server response: 404/;

// Client 0.27 passes on what the server said, and not with which status.
const NO_DESKTOP = /sandboxes have no desktop/;

/** Parts of the package that speak to no server. */
const LOCAL = ['Image', 'ObjectStorage'];

const notes = {};

/** Wraps the public methods of a client; what was seen is written when the process ends. */
export function watch(packageName, column) {
  const directory = dirname(require.resolve(packageName));
  const declarations = readdirSync(directory).filter((file) => file.endsWith('.d.ts'));
  for (const file of declarations) {
    const name = basename(file, '.d.ts');
    if (name === 'index' || LOCAL.includes(name)) continue;
    const exported = require(join(directory, `${name}.js`));
    for (const [className, methods] of publicMethods(readFileSync(join(directory, file), 'utf8'))) {
      for (const method of methods) wrap(exported[className].prototype, method, column, `${className}.${method}`);
    }
  }
}

/** Classes and their public methods by a declaration file; privacy is known nowhere else. */
function publicMethods(text) {
  const classes = new Map();
  let methods;
  for (const line of text.split('\n')) {
    const opened = /^export declare class (\w+)/.exec(line);
    if (opened) classes.set(opened[1], (methods = new Set()));
    else if (/^\S/.test(line)) methods = undefined;
    const method = /^ {4}(\w+)(?:<.*>)?\(/.exec(line);
    if (method && method[1] !== 'constructor') methods?.add(method[1]);
  }
  return classes;
}

function wrap(prototype, name, column, label) {
  const outcomes = ((notes[column] ??= {})[label] ??= []);
  const note = (outcome) => {
    if (!outcomes.includes(outcome)) outcomes.push(outcome);
  };
  const failed = (error) => {
    note(outcomeOf(error));
    throw error;
  };
  const done = (result) => {
    note(WORKS);
    return result;
  };
  const original = prototype[name];
  prototype[name] = function watched(...args) {
    let result;
    try {
      result = original.apply(this, args);
    } catch (error) {
      failed(error);
    }
    if (typeof result?.then === 'function') return result.then(done, failed);
    if (typeof result?.[Symbol.asyncIterator] === 'function') return watchedItems(result, done, failed);
    return done(result);
  };
}

async function* watchedItems(items, done, failed) {
  try {
    yield* items;
  } catch (error) {
    failed(error);
  }
  done();
}

/** What an error says of the method that it ended. */
export function outcomeOf(error) {
  const said = `${error?.message} ${JSON.stringify(error?.response?.data ?? '')}`;
  if (UNKNOWN_PATH.test(said)) return NOT_SERVED;
  if (NO_DESKTOP.test(said)) return 'answers 503';
  const status = error?.statusCode ?? error?.response?.status;
  return status ? `answers ${status}` : FAILS;
}

process.on('exit', () => {
  const directory = process.env.CONFORMANCE_CALLS;
  if (directory && Object.keys(notes).length > 0) {
    writeFileSync(join(directory, `node-${process.pid}.json`), JSON.stringify(notes));
  }
});
