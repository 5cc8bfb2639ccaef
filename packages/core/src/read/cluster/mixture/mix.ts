import type { Matrix } from '../../../rows/matrix.ts'
import { kMeans } from '../k-means.ts'
import { type Covariances, type Fitted, gaussianMixture } from './gaussian-mixture.ts'

/** The best mixture of a number of clusters. */
export interface Mixture {
  readonly count: number
  readonly covariances: Covariances
  /** The Bayesian information criterion: the lowest is proposed. */
  readonly bic: number
}

/** Runs of k-means from which a mixture starts. */
const RESTARTS = 3
/** Covariances of more columns would take too many parameters, and too long. */
const MOST_FULL = 40

/** The best mixtures of these numbers of clusters, and the groups of the best of all. */
export function mix(
  points: Matrix,
  weights: Float64Array,
  counts: readonly number[],
  seed: number,
): { readonly groups: Uint32Array; readonly mixtures: readonly Mixture[] } {
  const forms: readonly Covariances[] =
    points.columns > 1 && points.columns <= MOST_FULL ? ['diagonal', 'full'] : ['diagonal']
  let best: Fitted | undefined
  const mixtures = counts.map((count): Mixture => {
    const start = kMeans(points, count, seed, RESTARTS)
    const fitted = forms.map((covariances) => ({
      covariances,
      ...gaussianMixture(points, weights, start, count, covariances),
    }))
    const found = fitted.reduce((one, other) => (other.bic < one.bic ? other : one))
    if (best === undefined || found.bic < best.bic) best = found
    return { count, covariances: found.covariances, bic: found.bic }
  })
  return { groups: best?.groups ?? new Uint32Array(points.rows), mixtures }
}
