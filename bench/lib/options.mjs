import { parseArgs } from 'node:util'

const CYCLES = 20_000

/** What the command line asks for. */
export function options(known) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      churn: { type: 'string', default: String(CYCLES) },
      remote: { type: 'boolean', default: false },
    },
  })
  const only = values.only ? values.only.split(',') : known
  for (const name of only) {
    if (!known.includes(name)) throw new Error(`no figures are called ${name}; there are ${known.join(', ')}`)
  }
  const churn = Number(values.churn)
  if (!Number.isInteger(churn) || churn < 10) throw new Error('--churn takes a number of cycles, 10 or more')
  return { only, churn, remote: values.remote }
}
