// Python packages for sandboxes, fetched on this machine: a sandbox may have no way to the package index.
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kept = fileURLToPath(new URL('../node_modules/.wheels', import.meta.url));

/** Installs packages, named with their versions, for the Python 3.11 of the default image. */
export async function installWheels(sandbox, ...packages) {
  await mkdir(kept, { recursive: true });
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--only-binary=:all:', '--python-version=3.11',
    `--find-links=${kept}`, `--dest=${kept}`, ...packages]);
  for (const name of await readdir(kept)) {
    await sandbox.fs.uploadFile(await readFile(`${kept}/${name}`), `/tmp/wheels/${name}`);
  }
  const installed = await sandbox.process.executeCommand(
    `python3 -m pip install --quiet --no-index --find-links=/tmp/wheels ${packages.join(' ')} 2>&1`, '/tmp', undefined, 240);
  if (installed.exitCode !== 0) throw new Error(installed.result);
}
