// Runs inside a sandbox, as the user whose processes are watched: looks again and again for a password in
// what processes show of themselves, their arguments and environments, until a file appears. Then tells
// which programs showed it, and which were looked at.
//
//   node password-watch.mjs PART PART … STOP-FILE
//
// The password comes in parts, so that this program's own arguments do not hold it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const parts = process.argv.slice(2);
const stop = parts.pop();
const secrets = [parts.join(''), encodeURIComponent(parts.join(''))];
const seen = new Set();
const leaking = new Set();

const read = (path) => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It has ended meanwhile.
  }
};

while (!existsSync(stop)) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const shown = read(`/proc/${id}/cmdline`) + read(`/proc/${id}/environ`);
    const name = read(`/proc/${id}/comm`).trim();
    seen.add(name);
    if (secrets.some((secret) => shown.includes(secret))) leaking.add(name);
  }
}
console.log(JSON.stringify({ seen: [...seen], leaking: [...leaking] }));
