import type { Matches } from '../../backend/backend.ts'
import type { Som } from '../../som.ts'
import { hits } from './errors.ts'
import type { MeasureOptions } from './measure-options.ts'

/** The number of units that no sample matched. */
export function deadUnits(som: Pick<Som, 'lattice'>, matches: Matches, options: MeasureOptions = {}): number {
  return hits(som, matches, options).filter((weight) => !(weight > 0)).length
}

/**
 * How evenly the samples are spread over the units: -Σ p ln p / ln K. 1 is evenly, 0 is all on one unit; NaN without
 * samples or with one unit. C. E. Shannon, A mathematical theory of communication, 1948.
 */
export function hitEntropy(som: Pick<Som, 'lattice'>, matches: Matches, options: MeasureOptions = {}): number {
  const weights = hits(som, matches, options)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) return Number.NaN
  const shares = weights.filter((weight) => weight > 0).map((weight) => weight / total)
  return shares.reduce((sum, p) => sum - p * Math.log(p), 0) / Math.log(weights.length)
}
