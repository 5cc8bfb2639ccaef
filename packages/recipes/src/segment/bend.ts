import type { PreprocessingName, Samples } from '@som/core'
import { eachColumn, withoutMissing } from './columns.ts'

/** Columns with a skewness above this are transformed. */
export const SKEWED = 1

/** How a numeric column is transformed for the map, and why. */
export interface Bend {
  readonly feature: string
  readonly method: PreprocessingName
  /** Third standardised moment of its values: 0 for symmetric ones, 2 for an exponential distribution. */
  readonly skewness: number
  /** The skewness after the transform; equal to `skewness` without one. */
  readonly after: number
}

/**
 * The rule for skewed columns, such as money: a column without negative values and with a skewness above 1 is
 * transformed by ln(1 + x); one with values on both sides of 0 and a skewness above 1 or below -1 by asinh(x / 5). Both
 * apply only if they at least halve the skewness. All other columns stay unchanged. Then each column is standardised.
 */
export function bendOf(feature: string, values: ArrayLike<number>): Bend {
  const known = withoutMissing(new Float64Array(values))
  const skewness = skewnessOf(known)
  const asIs: Bend = { feature, method: 'z-score', skewness, after: skewness }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < known.length; i++) {
    if (known[i] < least) least = known[i]
    if (known[i] > most) most = known[i]
  }
  const method = least >= 0 ? 'log' : most > 0 ? 'arcsinh' : undefined
  const isSkewed = method === 'log' ? skewness > SKEWED : Math.abs(skewness) > SKEWED
  if (method === undefined || !isSkewed) return asIs
  const after = skewnessOf(known.map(method === 'log' ? Math.log1p : (x) => Math.asinh(x / 5)))
  return Math.abs(after) <= Math.abs(skewness) / 2 ? { feature, method, skewness, after } : asIs
}

/** The transform of each feature that is a column of numbers or days; features with their own scale are left out. */
export function bendsOf(samples: Samples): Bend[] {
  const { features, sources = [] } = samples
  const chosen = [...features.keys()].filter((f) => sources[f] === undefined)
  const bends: Bend[] = []
  eachColumn(samples, chosen, (values, place) => {
    bends.push(bendOf(features[chosen[place]], values))
  })
  return bends
}

/** 0 if there is no spread. */
function skewnessOf(values: Float64Array): number {
  const count = values.length
  let mean = 0
  for (let i = 0; i < count; i++) mean += values[i] / count
  let largest = 0
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(values[i] - mean))
  if (!(largest > Math.abs(mean) * 1e-12)) return 0
  let [squares, cubes] = [0, 0]
  // Relative to the largest, so that powers neither overflow nor vanish.
  for (let i = 0; i < count; i++) {
    const z = (values[i] - mean) / largest
    squares += (z * z) / count
    cubes += (z * z * z) / count
  }
  return cubes / squares ** 1.5
}
