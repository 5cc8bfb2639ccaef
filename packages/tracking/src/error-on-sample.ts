import {
  type Backend,
  chooseRows,
  type EpochEvent,
  isSparse,
  matchPrepared,
  type Plan,
  type Rows,
  random,
  type StoredPlan,
  topographicError,
} from '@som/core'

/** How many rows are measured after each epoch, as far as matching them takes at most this many multiply-adds. */
const MOST_ROWS = 1000
const MOST_WORK = 2e8
const LEAST_ROWS = 20

/** The number of rows on which each epoch's topographic error is measured. */
export function sampledRows({ rowCount, codebook }: Plan | StoredPlan): number {
  const affordable = Math.max(LEAST_ROWS, Math.floor(MOST_WORK / codebook.data.length))
  return Math.min(rowCount, MOST_ROWS, affordable)
}

/**
 * Measures the topographic error of the map after an epoch, on the same rows each time: one drawn by the run's seed
 * from each of `sampledRows` equal stretches of the training rows, each counted once. Costs a copy of the codebook and
 * the matching of those rows.
 */
export function errorOnSample(plan: Plan | StoredPlan, backend?: Backend): (event: EpochEvent) => Promise<number> {
  const count = sampledRows(plan)
  const source = random(plan.seed, 'tracked rows')
  const chosen = Uint32Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((at) => Math.floor((at * plan.rowCount) / count))
    return from + Math.floor(source() * (to - from))
  })
  let rows: Rows | undefined
  return async ({ snapshot }) => {
    rows ??= { matrix: rowsAt(plan, chosen) }
    const som = await snapshot()
    return topographicError(som, await matchPrepared(som, rows, { ...(backend && { backend }) }))
  }
}

function rowsAt(plan: Plan | StoredPlan, chosen: Uint32Array): Rows['matrix'] {
  if ('stored' in plan) return plan.stored.pick(chosen)
  const { matrix } = plan.rows
  return isSparse(matrix) ? chooseRows(matrix, chosen) : chooseRows(matrix, chosen)
}
