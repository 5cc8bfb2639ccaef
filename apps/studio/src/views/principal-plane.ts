import { type Lattice, neighboursOf, type Som, unitCount, unitPosition } from '@som/core'

const TURNS = 60
/** Units that the plane is fitted to. */
const MOST_ASKED = 1000
/** A direction that turns by less changes no px. */
const SETTLED = 1e-4
/** Those found last: a map in training has nearly the same again. */
let last: readonly Float64Array[] = []

/**
 * The prototypes on the plane of their two principal components (power iteration on the centred codebook), x and y of
 * each. The signs are such that the last unit lies to the right of and below the first, as on the map.
 */
export function principalPlane({ codebook, lattice }: Pick<Som, 'codebook' | 'lattice'>): Float32Array {
  const { rows, columns, data } = codebook
  const means = new Float64Array(columns)
  for (let i = 0; i < rows; i++) for (let f = 0; f < columns; f++) means[f] += data[i * columns + f] / rows
  const centred = new Float32Array(data.length)
  for (let i = 0, at = 0; i < rows; i++) for (let f = 0; f < columns; f++, at++) centred[at] = data[at] - means[f]
  const along = (direction: Float64Array): Float64Array => {
    const scores = new Float64Array(rows)
    for (let i = 0, at = 0; i < rows; i++)
      for (let f = 0; f < columns; f++, at++) scores[i] += centred[at] * direction[f]
    return scores
  }
  // Few units say which way the plane lies as well as many.
  const stride = strideOf(lattice.columns, Math.ceil(rows / MOST_ASKED))
  const component = (beside: Float64Array | null): Float64Array => {
    const known = last[beside === null ? 0 : 1]
    let direction: Float64Array =
      known?.length === columns ? known : Float64Array.from({ length: columns }, (_, f) => Math.cos(f * 2.4) + 0.1)
    for (let turn = 0; turn < TURNS; turn++) {
      const next = new Float64Array(columns)
      for (let i = 0; i < rows; i += stride) {
        let score = 0
        for (let f = 0; f < columns; f++) score += centred[i * columns + f] * direction[f]
        for (let f = 0; f < columns; f++) next[f] += score * centred[i * columns + f]
      }
      const before = direction
      direction = unit(next, beside)
      if (direction.every((part, f) => Math.abs(part - before[f]) < SETTLED)) break
    }
    return direction
  }
  const first = component(null)
  const second = component(first)
  last = [first, second]
  const [x, y] = [along(first), along(second)]
  const places = new Float32Array(2 * rows)
  const [signX, signY] = [x, y].map((scores) => (scores[0] > scores[rows - 1] ? -1 : 1))
  for (let i = 0; i < rows; i++) {
    places[2 * i] = signX * x[i]
    places[2 * i + 1] = signY * y[i]
  }
  return places
}

/** The least stride from `least` on that comes to every column of the lattice. */
function strideOf(columns: number, least: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let stride = least
  while (divisor(columns, stride) > 1) stride++
  return stride
}

function unit(vector: Float64Array, beside: Float64Array | null): Float64Array {
  const part = beside === null ? 0 : vector.reduce((sum, value, f) => sum + value * beside[f], 0)
  const rest = beside === null ? vector : vector.map((value, f) => value - part * beside[f])
  const length = Math.hypot(...rest)
  return length > 0 ? rest.map((value) => value / length) : rest
}

/** Pairs of units that the lattice joins, without those over a seam, whose lines would cross the whole net. */
export function netOf(lattice: Lattice): Uint32Array {
  const pairs: number[] = []
  for (let unit = 0; unit < unitCount(lattice); unit++) {
    const at = unitPosition(lattice, unit)
    for (const other of neighboursOf(lattice, unit, lattice.cell === 'hexagonal' ? 6 : 4)) {
      const to = unitPosition(lattice, other)
      if (other > unit && Math.hypot(to.x - at.x, to.y - at.y) < 1.5) pairs.push(unit, other)
    }
  }
  return Uint32Array.from(pairs)
}
