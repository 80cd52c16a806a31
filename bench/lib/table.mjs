import { summary } from './statistics.mjs'

const number = (value) => {
  if (Number.isInteger(value)) return String(value)
  if (value >= 100) return value.toFixed(0)
  if (value >= 10) return value.toFixed(1)
  return value >= 0.1 ? value.toFixed(2) : value.toFixed(3)
}

/** Median, 99th percentile and number of measurements in milliseconds, for a row's detail. */
export function milliseconds(values) {
  const s = summary(values)
  if (s.count === 0) return 'n 0'
  return `p50 ${s.p50.toFixed(1)} ms, p99 ${s.p99.toFixed(1)} ms, n ${s.count}`
}

/** One row: what was measured, what it may be at most (or at least), and whether it holds. */
export function row(what, value, unit, limit, { atLeast = false, detail = '' } = {}) {
  const holds = atLeast ? value >= limit : value <= limit
  return { what, value, unit, limit, atLeast, holds, detail }
}

/** A row without a limit, because what it would be compared with is not at hand. */
export function plainRow(what, value, unit, detail = '') {
  return { what, value, unit, limit: null, atLeast: false, holds: true, detail }
}

/** A row that could not be measured; it does not hold. */
export function missingRow(what, reason) {
  return { what, value: null, unit: '', limit: null, atLeast: false, holds: false, detail: reason }
}

function cells(r) {
  return [
    r.what,
    r.value === null ? 'not available' : `${number(r.value)} ${r.unit}`.trimEnd(),
    r.limit === null ? '' : `${r.atLeast ? '≥' : '≤'} ${number(r.limit)} ${r.unit}`.trimEnd(),
    r.holds ? 'yes' : 'NO',
    r.detail,
  ]
}

/** The rows as an aligned text table. */
export function render(rows) {
  const table = [['what', 'measured', 'limit', 'holds', ''], ...rows.map(cells)]
  const widths = table[0].map((_, i) => Math.max(...table.map((c) => c[i].length)))
  return table.map((c) => c.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n')
}
