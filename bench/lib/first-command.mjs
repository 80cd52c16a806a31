/**
 * A sandbox by the official client and its first command; milliseconds for both together, and those of them until the
 * sandbox was there.
 */
export async function createAndExecute(daytona) {
  const start = performance.now()
  const sandbox = await daytona.create()
  const created = performance.now() - start
  const { exitCode } = await sandbox.process.executeCommand('echo')
  const elapsed = performance.now() - start
  if (exitCode !== 0) throw new Error(`"echo" ended with ${exitCode}`)
  return { sandbox, created, elapsed }
}
