import type { Matrix } from '../../../rows/matrix.ts'

/** Two points joined at a squared distance. */
export interface Edge {
  readonly one: number
  readonly other: number
  readonly squared: number
}

/**
 * The squared core distance of each point: within it there are rows of at least the weight `samples`, its own included;
 * that of the farthest point where there are not as many.
 */
export function coreDistances(points: Matrix, weights: ArrayLike<number>, samples: number): Float64Array {
  const near = new Nearest(points.rows)
  return Float64Array.from({ length: points.rows }, (_, point) => {
    near.start(weights[point], samples)
    // Points that follow each other in a map are near: the bound is small from the start.
    for (let away = 1; away < points.rows; away++) {
      for (const other of [point - away, point + away]) {
        if (other < 0 || other >= points.rows) continue
        near.see(squaredBelow(points, point, other, near.bound), weights[other])
      }
    }
    return near.squared()
  })
}

/**
 * A tree of least mutual reachability, the larger of two points' core distances and their own distance (R. Campello, D.
 * Moulavi, J. Sander, Density-based clustering based on hierarchical density estimates, 2013), by R. Prim's method.
 */
export function reachabilityTree(points: Matrix, core: Float64Array): Edge[] {
  const { rows } = points
  const best = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(rows)
  const left = Int32Array.from({ length: rows - 1 }, (_, i) => i + 1)
  const edges: Edge[] = []
  for (let last = 0, size = left.length; size > 0; size--) {
    let [at, least] = [0, Number.POSITIVE_INFINITY]
    for (let i = 0; i < size; i++) {
      const other = left[i]
      const bound = Math.max(core[last], core[other])
      if (bound < best[other]) {
        const found = squaredBelow(points, last, other, best[other])
        const reach = Math.max(found, bound)
        if (reach < best[other]) {
          best[other] = reach
          from[other] = last
        }
      }
      if (best[other] < least) [at, least] = [i, best[other]]
    }
    last = left[at]
    edges.push({ one: from[last], other: last, squared: least })
    left[at] = left[size - 1]
  }
  return edges
}

/** Σ(x - y)², or Infinity as soon as it is `bound` or more. */
function squaredBelow({ data, columns }: Matrix, one: number, other: number, bound: number): number {
  let sum = 0
  for (let f = 0, p = one * columns, q = other * columns; f < columns; f++, p++, q++) {
    const d = data[p] - data[q]
    sum += d * d
    if (sum >= bound) return Number.POSITIVE_INFINITY
  }
  return sum
}

/** The nearest of the points seen whose weights reach a sum. */
class Nearest {
  /** Points at this squared distance or more do not count any more. */
  bound = Number.POSITIVE_INFINITY
  private readonly squares: Float64Array
  private readonly weights: Float64Array
  private size = 0
  private room = ROOM
  private wanted = 0

  constructor(points: number) {
    this.squares = new Float64Array(points)
    this.weights = new Float64Array(points)
  }

  start(own: number, samples: number): void {
    this.wanted = samples - own
    this.bound = this.wanted <= 0 ? 0 : Number.POSITIVE_INFINITY
    this.size = 0
    this.room = ROOM
  }

  see(squared: number, weight: number): void {
    if (!(squared < this.bound)) return
    this.squares[this.size] = squared
    this.weights[this.size++] = weight
    if (this.size < this.room) return
    this.shrink()
    this.room = Math.max(ROOM, 2 * this.size)
  }

  /** The distance within which the sum is reached; that of the farthest point if it is not. */
  squared(): number {
    this.shrink()
    if (this.bound < Number.POSITIVE_INFINITY) return this.bound
    return this.squares.subarray(0, this.size).reduce((most, x) => Math.max(most, x), 0)
  }

  /**
   * Finds the distance at which the weights reach the sum, and lets farther points go: C. A. R. Hoare's selection
   * (1961), with weights.
   */
  private shrink(): void {
    const { squares } = this
    let [from, to, wanted] = [0, this.size, this.wanted]
    while (from < to) {
      const pivot = squares[(from + to) >> 1]
      let [below, at, above] = [from, from, to]
      let [nearer, same] = [0, 0]
      while (at < above) {
        if (squares[at] < pivot) {
          nearer += this.weights[at]
          this.swap(at++, below++)
        } else if (squares[at] > pivot) this.swap(at, --above)
        else same += this.weights[at++]
      }
      if (nearer >= wanted && below > from) to = below
      else if (nearer + same >= wanted) {
        this.bound = pivot
        this.size = above
        return
      } else {
        wanted -= nearer + same
        from = above
      }
    }
  }

  private swap(a: number, b: number): void {
    const { squares, weights } = this
    const [squared, weight] = [squares[a], weights[a]]
    squares[a] = squares[b]
    weights[a] = weights[b]
    squares[b] = squared
    weights[b] = weight
  }
}

/** Points kept before the farthest are dropped. */
const ROOM = 512
