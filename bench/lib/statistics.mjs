/** Median, 99th percentile, smallest and largest of a list of numbers. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return { p50: at(0.5), p99: at(0.99), min: sorted[0], max: sorted.at(-1), count: sorted.length }
}

/** Runs `work` `count` times, one after the other, and returns the milliseconds of each. */
export async function timings(count, work) {
  const milliseconds = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    await work(i)
    milliseconds.push(performance.now() - start)
  }
  return milliseconds
}
