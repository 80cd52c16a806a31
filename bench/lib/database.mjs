import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const COUNT_ALL =
  "select format('select %L, count(*) from %I.%I', relname, schemaname, relname) from pg_stat_user_tables \\gexec"

async function connection(dataDir) {
  const external = process.env.PADDOCK_DATABASE_URL
  if (external) return { url: external, env: process.env }
  const directory = `${dataDir}/postgres`
  const port = (await readFile(`${directory}/data/postmaster.pid`, 'utf8')).split('\n')[3]
  const password = (await readFile(`${directory}/password`, 'utf8')).trim()
  return { url: `postgres://paddock@127.0.0.1:${port}/postgres`, env: { ...process.env, PGPASSWORD: password } }
}

/** Rows of every table of a server's database. */
export async function rowsByTable(dataDir) {
  const { url, env } = await connection(dataDir)
  const command = `psql -AtX "$1" <<'SQL'\n${COUNT_ALL}\nSQL`
  const { stdout } = await run('sh', ['-c', command, 'sh', url], { env, timeout: 60_000 })
  const lines = stdout.trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split('|')).map(([table, count]) => [table, Number(count)]))
}
