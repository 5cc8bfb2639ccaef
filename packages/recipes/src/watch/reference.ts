import type { Calibration } from '@som/core'

/** A separate category has at least this many held-out rows. */
const LEAST_ROWS = 200

/** p-values by the held-out rows of the same category. */
export interface Reference {
  /** Categories; the first gathers the units with too few rows for their own. */
  readonly categories: number
  /** The smallest possible p-value in any category. */
  readonly least: number
  /**
   * (1 + #{held-out rows of the unit's category at least as far}) / (their number + 1). NaN for a row without a unit.
   */
  p(unit: number, distance: number): number
}

/**
 * Split conformal p-values, per unit if there are enough rows (Mondrian), so that the rate holds within each category.
 * The training hits alone decide which units form a category, never the calibration rows; that is why the rate holds
 * for each. V. Vovk, A. Gammerman, G. Shafer, Algorithmic learning in a random world, 2005, chapter 4.5.
 */
export function referenceOf({ distances, counts }: Calibration, hits: ArrayLike<number>, alpha: number): Reference {
  const of = categoriesOf(hits, distances.length, Math.max(LEAST_ROWS, 2 / alpha))
  const categories = of.reduce((most, category) => Math.max(most, category + 1), 1)
  const members: number[][] = Array.from({ length: categories }, () => [])
  let at = 0
  counts.forEach((count, unit) => {
    for (let k = 0; k < count; k++) members[of[unit]].push(distances[at++])
  })
  const sorted = members.map((list) => Float32Array.from(list).sort())
  return {
    categories,
    least: Math.max(...sorted.map((list) => 1 / (list.length + 1))),
    p(unit, distance) {
      if (unit < 0) return Number.NaN
      const list = sorted[of[unit]]
      let [low, high] = [0, list.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (list[middle] < distance) low = middle + 1
        else high = middle
      }
      return (1 + list.length - low) / (1 + list.length)
    },
  }
}

/**
 * The category of each unit: its own if its share of the hits promises `least` of the `rows`; 0 for the others, which
 * the smallest categories join until they have enough together.
 */
export function categoriesOf(hits: ArrayLike<number>, rows: number, least: number): Uint32Array {
  const total = Array.from(hits).reduce((sum, hit) => sum + hit, 0)
  const expected = Array.from(hits, (hit) => (total > 0 ? (hit / total) * rows : 0))
  const own = Array.from(expected.keys())
    .filter((unit) => expected[unit] >= least)
    .sort((a, b) => expected[b] - expected[a] || a - b)
  let rest = expected.reduce((sum, x) => sum + (x < least ? x : 0), 0)
  while (own.length > 0 && rest < least) rest += expected[own.pop() ?? 0]
  const of = new Uint32Array(hits.length)
  own
    .sort((a, b) => a - b)
    .forEach((unit, i) => {
      of[unit] = i + 1
    })
  return of
}
