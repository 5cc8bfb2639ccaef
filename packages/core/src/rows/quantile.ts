/** Quantile of ascending values by linear interpolation (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float64Array | Float32Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}

/**
 * As `quantileOf`, for values with weights above 0, in any order: a value of weight w counts as w repetitions of it.
 * Weights below 1 subdivide the repetitions, so that equal weights of any size give the unweighted quantile.
 * `docs/design/arithmetic.md` has the definition.
 */
export function weightedQuantiles(values: Float64Array, weights: Float64Array, shares: readonly number[]): number[] {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b)
  const step = weights.reduce((least, weight) => Math.min(least, weight), 1)
  const upTo = new Float64Array(order.length)
  let total = 0
  order.forEach((i, at) => {
    total += weights[i]
    upTo[at] = total
  })
  return shares.map((share) => {
    const place = share * (total - step)
    const found = upTo.findIndex((end) => end > place)
    const at = found < 0 ? order.length - 1 : found
    const [below, above] = [values[order[at]], values[order[Math.min(at + 1, order.length - 1)]]]
    const beyond = place - (upTo[at] - step)
    return beyond > 0 ? below + (above - below) * (beyond / step) : below
  })
}

/** With more values than this, a map keeps only their quantiles. */
const MOST_KEPT = 10_001

/** What a map keeps of values of rows: all, ascending, or evenly spaced quantiles of many. Sorts `values`. */
export function keptQuantiles(values: Float32Array): Float32Array {
  values.sort()
  if (values.length <= MOST_KEPT) return values.slice()
  const step = (values.length - 1) / (MOST_KEPT - 1)
  return Float32Array.from({ length: MOST_KEPT }, (_, i) => values[Math.round(i * step)])
}
