const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

/** One row: what was measured, what it may be at most (or at least), and whether it holds. */
export function row(what, value, unit, limit, { atLeast = false, detail = '' } = {}) {
  const holds = atLeast ? value >= limit : value <= limit
  return { what, value, unit, limit, atLeast, holds, detail }
}

/** The rows as an aligned text table. */
export function render(rows) {
  const cells = rows.map((r) => [
    r.what,
    `${number(r.value)} ${r.unit}`,
    `${r.atLeast ? '≥' : '≤'} ${number(r.limit)} ${r.unit}`,
    r.holds ? 'yes' : 'NO',
    r.detail,
  ])
  const heading = ['what', 'measured', 'limit', 'holds', '']
  const widths = heading.map((text, i) => Math.max(text.length, ...cells.map((c) => c[i].length)))
  const line = (c) => c.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()
  return [line(heading), ...cells.map(line)].join('\n')
}
