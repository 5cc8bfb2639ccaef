import type { Matrix } from '@som/core'

/**
 * Finds the nearest of a few points, one query at a time: searches outwards from the position of its first number until
 * that number alone is too far away. The lower point wins a tie.
 */
export function nearestOf({ rows, columns, data }: Matrix): (query: Float64Array) => number {
  const order = Array.from({ length: rows }, (_, i) => i).sort((a, b) => data[a * columns] - data[b * columns] || a - b)
  const points = Float64Array.from(order.flatMap((i) => Array.from(data.subarray(i * columns, (i + 1) * columns))))
  return (query) => {
    let above = placeOf(points, rows, columns, query[0])
    let below = above - 1
    let best = -1
    let least = Number.POSITIVE_INFINITY
    while (above < rows || below >= 0) {
      const up = above < rows ? points[above * columns] - query[0] : Number.POSITIVE_INFINITY
      const down = below >= 0 ? query[0] - points[below * columns] : Number.POSITIVE_INFINITY
      const gap = Math.min(up, down)
      if (gap * gap > least) break
      const at = up <= down ? above++ : below--
      // The first number's part is known already.
      let squared = gap * gap
      for (let f = 1; f < columns && squared <= least; f++) {
        const d = points[at * columns + f] - query[f]
        squared += d * d
      }
      if (squared < least || (squared === least && order[at] < best)) [least, best] = [squared, order[at]]
    }
    return best
  }
}

/** The first position whose first number is not below `x`. */
function placeOf(points: Float64Array, rows: number, columns: number, x: number): number {
  let [low, high] = [0, rows]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle * columns] < x) low = middle + 1
    else high = middle
  }
  return low
}
