/**
 * How well each group of some rows is found again: the largest |A ∩ B| / |A ∪ B| over the groups of `found`. NaN for a
 * group without a row. C. Hennig, Cluster-wise assessment of cluster stability, 2007. Groups are numbers from 0; rows
 * below 0 belong to no group.
 */
export function foundAgain(groups: ArrayLike<number>, count: number, found: ArrayLike<number>): Float64Array {
  const sizes = new Float64Array(count)
  const foundSizes = new Map<number, number>()
  const both = new Map<number, Float64Array>()
  for (let row = 0; row < groups.length; row++) {
    const [group, other] = [groups[row], found[row]]
    if (group < 0 || other < 0) continue
    sizes[group]++
    foundSizes.set(other, (foundSizes.get(other) ?? 0) + 1)
    const shared = both.get(other) ?? new Float64Array(count)
    shared[group]++
    both.set(other, shared)
  }
  return sizes.map((size, group) => {
    if (size === 0) return Number.NaN
    let best = 0
    for (const [other, shared] of both) {
      const union = size + (foundSizes.get(other) ?? 0) - shared[group]
      best = Math.max(best, shared[group] / union)
    }
    return best
  })
}
