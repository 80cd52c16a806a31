/** Runs `work(0)` to `work(count - 1)`, `width` of them at a time, and returns their results. */
export async function parallel(count, width, work) {
  const results = new Array(count)
  let next = 0
  const worker = async () => {
    while (next < count) {
      const i = next++
      results[i] = await work(i)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker))
  return results
}
