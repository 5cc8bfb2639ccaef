import type { Matrix } from '@som/core'

/** How many typical and how many extreme rows a segment shows. */
const SHOWN = 3

/** Rows of a segment, by position: those nearest to its mean and those farthest from it, most extreme first. */
export interface Members {
  readonly typical: readonly number[]
  readonly extreme: readonly number[]
}

/**
 * The typical and extreme rows of a segment with this mean. Distances are on the scale of the map, over the features
 * that a row has; the first row wins a tie.
 */
export function membersOf({ columns, data }: Matrix, members: ArrayLike<number>, mean: Float64Array): Members {
  const away = new Float64Array(members.length)
  for (let i = 0; i < members.length; i++) {
    const at = members[i] * columns
    let [sum, present] = [0, 0]
    for (let f = 0; f < columns; f++) {
      const x = data[at + f]
      if (Number.isNaN(x)) continue
      const d = x - mean[f]
      sum += d * d
      present++
    }
    away[i] = sum / present
  }
  const typical = first(away, (a, b) => away[a] < away[b])
  const extreme = first(away, (a, b) => away[a] > away[b], typical)
  return { typical: typical.map((i) => members[i]), extreme: extreme.map((i) => members[i]) }
}

/** The positions that come first in the order of `isBefore`, without `others`; of those that tie, the first. */
function first(
  away: Float64Array,
  isBefore: (a: number, b: number) => boolean,
  others: readonly number[] = [],
): number[] {
  const found: number[] = []
  for (let i = 0; i < away.length; i++) {
    if (found.length === SHOWN && !isBefore(i, found[SHOWN - 1])) continue
    if (others.includes(i)) continue
    const at = found.findIndex((other) => isBefore(i, other))
    found.splice(at < 0 ? found.length : at, 0, i)
    if (found.length > SHOWN) found.pop()
  }
  return found
}
