// The table of compatibility: which public methods of which client work, by what the suites saw.
//
//   node table.mjs CALLS-DIRECTORY check|write
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url));
const REGENERATE = 'scripts/with-server conformance/run --write-table';

const HEAD = `# Compatibility with Daytona's clients
<!-- Written by ${REGENERATE}; do not edit. -->

Every public method of the official clients, and what the conformance suites saw when they called it on
the unmodified client:

- **works**: a call succeeded, and the test that made it passed
- **not served**: Paddock has no such endpoint yet, and says so with status 404
- **refused N**: called only where status N is the right answer
- **fails**: the client gave up without an answer
- **not tried**: no suite calls it
- empty: this version has no such method

Every answer was also held against the public OpenAPI documents of the client's own version: statuses
and required keys.
`;

/** Outcomes of all test processes together: column → method → outcomes. */
async function readCalls(directory) {
  const columns = new Map();
  for (const file of await readdir(directory)) {
    for (const [column, methods] of Object.entries(JSON.parse(await readFile(join(directory, file), 'utf8')))) {
      if (!columns.has(column)) columns.set(column, new Map());
      for (const [method, outcomes] of Object.entries(methods)) {
        const seen = columns.get(column).get(method) ?? new Set();
        outcomes.forEach((outcome) => seen.add(outcome));
        columns.get(column).set(method, seen);
      }
    }
  }
  return columns;
}

function cell(outcomes) {
  if (!outcomes) return '';
  if (outcomes.size === 0) return 'not tried';
  for (const outcome of ['works', 'not served', 'fails']) if (outcomes.has(outcome)) return outcome;
  return [...outcomes].sort()[0].replace('answers', 'refused');
}

const byVersion = (one, other) => one.localeCompare(other, 'en', { numeric: true });

function render(title, columns) {
  const names = [...columns.keys()].sort(byVersion);
  const methods = [...new Set(names.flatMap((name) => [...columns.get(name).keys()]))].sort();
  const rows = methods.map((method) => [`\`${method}\``, ...names.map((name) => cell(columns.get(name).get(method)))]);
  const counts = names.map((name) => {
    const cells = [...columns.get(name).values()].map(cell);
    return `${cells.filter((one) => one === 'works').length} of ${cells.length}`;
  });
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    `\n## ${title}\n`,
    line(['method', ...names.map((name) => name.slice(title.length).replace(/^,? /, ''))]),
    line(['---', ...names.map(() => '---')]),
    line(['*work*', ...counts]),
    ...rows.map(line),
    '',
  ].join('\n');
}

function firstDifferences(expected, actual) {
  const before = new Set(expected.split('\n'));
  const after = new Set(actual.split('\n'));
  const gone = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`);
  const added = [...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...added].sort((one, other) => one.slice(2).localeCompare(other.slice(2))).slice(0, 40).join('\n');
}

const [directory, mode] = process.argv.slice(2);
const calls = await readCalls(directory);
const language = (name) => new Map([...calls].filter(([column]) => column.startsWith(name)));
const text = HEAD + render('TypeScript', language('TypeScript')) + render('Python', language('Python'));
if (mode === 'write') {
  await writeFile(FILE, text);
} else {
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed !== text) {
    console.error('docs/compatibility.md says something else than the suites saw:');
    console.error(firstDifferences(committed, text));
    console.error(`If that is meant, write it anew: ${REGENERATE}`);
    process.exitCode = 1;
  }
}
