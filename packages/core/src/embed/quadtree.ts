/** Cells of a square that is halved both ways until each has one place, parents before their children. */
export interface Quadtree {
  /** Cells. */
  readonly count: number
  /** Squared side of each; 0 of one with a single place. */
  readonly side: Float64Array
  /** Mass in it, and the centre of that. */
  readonly mass: Float64Array
  readonly x: Float64Array
  readonly y: Float64Array
  /** The next cell outside it. */
  readonly next: Int32Array
}

/** Places that are still together after so many halvings are one. */
const MOST_HALVINGS = 30

/**
 * The tree of places (x, y of each) with masses. A cell whose places all lie in one quarter is left out, so that there
 * are fewer than two per place. Sums are in the order of places.
 */
export function quadtree(places: Float64Array, masses: Float64Array): Quadtree {
  const total = masses.length
  const [side, mass] = [new Float64Array(2 * total), new Float64Array(2 * total)]
  const [x, y] = [new Float64Array(2 * total), new Float64Array(2 * total)]
  const next = new Int32Array(2 * total)
  const order = Uint32Array.from({ length: total }, (_, i) => i)
  const moved = new Uint32Array(total)
  const ends = new Uint32Array(4)
  let count = 0

  const grow = (from: number, to: number, left: number, top: number, width: number, depth: number): void => {
    let [l, t, w, d] = [left, top, width, depth]
    let middle = quarters(from, to, l + w / 2, t + w / 2)
    while (middle >= 0 && to - from > 1 && d < MOST_HALVINGS) {
      w /= 2
      l += middle % 2 === 1 ? w : 0
      t += middle >= 2 ? w : 0
      d++
      middle = quarters(from, to, l + w / 2, t + w / 2)
    }
    const cell = count++
    let [m, mx, my] = [0, 0, 0]
    for (let p = from; p < to; p++) {
      const i = order[p]
      m += masses[i]
      mx += masses[i] * places[2 * i]
      my += masses[i] * places[2 * i + 1]
    }
    mass[cell] = m
    const isOne = middle >= 0
    x[cell] = isOne ? places[2 * order[from]] : mx / m
    y[cell] = isOne ? places[2 * order[from] + 1] : my / m
    side[cell] = isOne ? 0 : w * w
    if (!isOne) {
      order.set(moved.subarray(from, to), from)
      const stops = [from, ends[0], ends[1], ends[2], ends[3]]
      for (let q = 0; q < 4; q++) {
        if (stops[q] === stops[q + 1]) continue
        grow(stops[q], stops[q + 1], l + (q % 2 === 1 ? w / 2 : 0), t + (q >= 2 ? w / 2 : 0), w / 2, d + 1)
      }
    }
    next[cell] = count
  }

  /** Sorts places by quarter into `moved`, with the `ends` of each; gives the quarter that all lie in, or -1. */
  const quarters = (from: number, to: number, midX: number, midY: number): number => {
    ends.fill(0)
    const quarterOf = (i: number): number => (places[2 * i] >= midX ? 1 : 0) + (places[2 * i + 1] >= midY ? 2 : 0)
    for (let p = from; p < to; p++) ends[quarterOf(order[p])]++
    for (let q = 0; q < 4; q++) if (ends[q] === to - from) return q
    let at = from
    const starts = ends.map((size) => {
      at += size
      return at - size
    })
    for (let p = from; p < to; p++) moved[starts[quarterOf(order[p])]++] = order[p]
    ends.set(starts)
    return -1
  }

  let [least, most, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < total; i++) {
    least = Math.min(least, places[2 * i])
    most = Math.max(most, places[2 * i])
    top = Math.min(top, places[2 * i + 1])
    bottom = Math.max(bottom, places[2 * i + 1])
  }
  if (total > 0) grow(0, total, least, top, Math.max(most - least, bottom - top), 0)
  return { count, side, mass, x, y, next }
}
