/** The file that is sent and fetched. */
export const FILE = { path: '/home/daytona/random.bin', bytes: 100 * 1024 * 1024 }

/** Fetches it with the official client. */
export async function download(sandbox) {
  const received = await sandbox.fs.downloadFile(FILE.path)
  if (received.length !== FILE.bytes) throw new Error('the file came back with another size')
}
