// Runs a command whose clients reach the server through a proxy that checks every answer, and fails
// when an answer broke the contract.
//
//   node check.mjs CONTRACT-JSON REPORT COMMAND [ARGUMENT…]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { Contract } from './contract.mjs';
import { CheckingProxy } from './proxy.mjs';

const [contractFile, reportFile, command, ...rest] = process.argv.slice(2);
const contract = new Contract(JSON.parse(await readFile(contractFile, 'utf8')));
const proxy = new CheckingProxy(process.env.DAYTONA_API_URL, contract);
await proxy.listen();

const child = spawn(command, rest, {
  stdio: 'inherit',
  env: { ...process.env, DAYTONA_API_URL: proxy.apiUrl },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
proxy.close();

const report = [...proxy.violations].map(([sentence, times]) => `${sentence} [${times}]`).sort();
await writeFile(reportFile, report.map((line) => `${line}\n`).join(''));
console.log(`contract: ${proxy.answers} answers, ${report.length} violations, ${proxy.tooLarge} too large to check`);
for (const line of report) console.log(`  ${line}`);
process.exit(code === 0 && report.length > 0 ? 1 : (code ?? 1));
