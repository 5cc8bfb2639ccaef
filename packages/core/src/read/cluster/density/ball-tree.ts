import type { Matrix } from '../../../rows/matrix.ts'

/** Points in balls, each ball halved into two (S. Omohundro, Five balltree construction algorithms, 1989). */
export interface BallTree {
  /** The points in the order of the tree: those of a ball follow each other. */
  readonly order: Uint32Array
  /** Their values in that order. */
  readonly data: Float64Array
  readonly columns: number
  /** The first place of each ball, and that after its last. The halves of ball `b` are `2 b + 1` and `2 b + 2`. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly centre: Float64Array
  readonly radius: Float64Array
  /** Balls from this number on have no halves. */
  readonly leaves: number
}

/** Points of a ball that is not halved any more, at most. */
const LEAF = 24

/** The tree of all points. Each ball is halved at the median of the feature that varies most in it. */
export function ballTree({ data: values, rows, columns }: Matrix): BallTree {
  let depth = 0
  while (rows / 2 ** depth > LEAF) depth++
  const leaves = 2 ** depth - 1
  const balls = 2 * leaves + 1
  const order = Uint32Array.from({ length: rows }, (_, point) => point)
  const [from, to] = [new Uint32Array(balls), new Uint32Array(balls)]
  to[0] = rows
  for (let ball = 0; ball < leaves; ball++) {
    const feature = widest(values, columns, order.subarray(from[ball], to[ball]))
    const sorted = order.subarray(from[ball], to[ball])
    sorted.sort((a, b) => values[a * columns + feature] - values[b * columns + feature] || a - b)
    const middle = (from[ball] + to[ball]) >> 1
    from[2 * ball + 1] = from[ball]
    to[2 * ball + 1] = middle
    from[2 * ball + 2] = middle
    to[2 * ball + 2] = to[ball]
  }
  const data = new Float64Array(rows * columns)
  order.forEach((point, at) => {
    for (let f = 0; f < columns; f++) data[at * columns + f] = values[point * columns + f]
  })
  return { order, data, columns, from, to, leaves, ...ballsOf(data, columns, from, to) }
}

/** The feature with the largest variance among points. */
function widest(values: ArrayLike<number>, columns: number, points: Uint32Array): number {
  let [best, most] = [0, -1]
  for (let f = 0; f < columns; f++) {
    let [sum, squares] = [0, 0]
    for (const point of points) {
      const x = values[point * columns + f]
      sum += x
      squares += x * x
    }
    const variance = squares - (sum * sum) / points.length
    if (variance > most) [best, most] = [f, variance]
  }
  return best
}

/** The mean of each ball, and the distance of its farthest point from it. */
function ballsOf(
  data: Float64Array,
  columns: number,
  from: Uint32Array,
  to: Uint32Array,
): Pick<BallTree, 'centre' | 'radius'> {
  const [centre, radius] = [new Float64Array(from.length * columns), new Float64Array(from.length)]
  from.forEach((first, ball) => {
    const start = ball * columns
    for (let at = first; at < to[ball]; at++)
      for (let f = 0; f < columns; f++) centre[start + f] += data[at * columns + f] / (to[ball] - first)
    let most = 0
    for (let at = first; at < to[ball]; at++)
      most = Math.max(most, squaredBelow(centre, start, data, at * columns, columns, Number.POSITIVE_INFINITY))
    radius[ball] = Math.sqrt(most)
  })
  return { centre, radius }
}

/** Σ(x - y)² of values from two places on, or Infinity if it is `bound` or more. */
export function squaredBelow(
  a: Float64Array,
  one: number,
  b: Float64Array,
  other: number,
  columns: number,
  bound: number,
): number {
  let [sum, f] = [0, 0]
  for (; f + STRIDE <= columns; f += STRIDE) {
    const [p, q] = [one + f, other + f]
    const d0 = a[p] - b[q]
    const d1 = a[p + 1] - b[q + 1]
    const d2 = a[p + 2] - b[q + 2]
    const d3 = a[p + 3] - b[q + 3]
    const d4 = a[p + 4] - b[q + 4]
    const d5 = a[p + 5] - b[q + 5]
    const d6 = a[p + 6] - b[q + 6]
    const d7 = a[p + 7] - b[q + 7]
    sum = sum + d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5 + d6 * d6 + d7 * d7
    if (sum >= bound) return Number.POSITIVE_INFINITY
  }
  for (; f < columns; f++) {
    const d = a[one + f] - b[other + f]
    sum += d * d
  }
  return sum >= bound ? Number.POSITIVE_INFINITY : sum
}

/** Features between two looks at the bound: added one after another, as everywhere. */
const STRIDE = 8

/** The share by which a distance may be wrong when roots and differences are rounded, generously. */
export const SLACK = 1e-9

/** A squared distance that no point of the ball falls short of, from the place of a point of the tree. */
export function leastSquared({ data, columns, centre, radius }: BallTree, place: number, ball: number): number {
  const apart = squaredBelow(data, place * columns, centre, ball * columns, columns, Number.POSITIVE_INFINITY)
  const least = Math.sqrt(apart) * (1 - SLACK) - radius[ball] * (1 + SLACK)
  return least > 0 ? least * least : 0
}
