import type { Metric } from '../distance.ts'
import { type Lattice, rowGap, rowScale, wrapsColumns } from '../lattice.ts'
import type { Matrix } from '../matrix.ts'
import { type Kernel, kernelForm } from '../neighbourhood.ts'
import { denseSearch, type Nearest } from './dense-search.ts'

const { fround } = Math

/** One online step: finds the sample's best-matching unit and moves its neighbourhood. Gives the distance found, NaN where nothing is present. */
export type OnlineStep = (sample: Float32Array, radius: number, rate: number) => number

/** Steps on `codebook`, which they write. Single f32 operations in the order that `docs/design/arithmetic.md` defines. */
export function onlineStep(lattice: Lattice, metric: Metric, kernel: Kernel, codebook: Matrix): OnlineStep {
  const { columns: features, data } = codebook
  const present = new Uint32Array(features)
  const x = new Float32Array(features)
  const find = searcher(metric, codebook)
  const move = mover(lattice, kernel, features, data)

  return (sample, radius, rate) => {
    let count = 0
    for (let f = 0; f < features; f++) {
      const value = sample[f]
      if (Number.isNaN(value)) continue
      x[count] = value
      present[count++] = f
    }
    if (count === 0) return Number.NaN
    const distance = find(sample, x, present, count)
    move(find.unit, x, present, count, radius, rate)
    return distance
  }
}

interface Searcher {
  (sample: Float32Array, x: Float32Array, present: Uint32Array, count: number): number
  unit: number
}

function searcher(metric: Metric, codebook: Matrix): Searcher {
  if (metric === 'euclidean') return euclideanSearcher(codebook)
  if (metric === 'manhattan') return singleSearcher(codebook, (sum, gap) => fround(sum + Math.abs(gap)))
  if (metric === 'chebyshev') return singleSearcher(codebook, (sum, gap) => Math.max(sum, Math.abs(gap)))
  const search = denseSearch(metric, codebook)
  const nearest: Nearest = { unit: -1, score: 0, secondUnit: -1, secondScore: 0 }
  const find: Searcher = Object.assign(
    (sample: Float32Array): number => {
      search(sample, -1, false, nearest)
      find.unit = nearest.unit
      return nearest.score
    },
    { unit: -1 },
  )
  return find
}

/**
 * The f32 sum of the definition needs a rounding after every operation, which costs more than the operation. So sums are taken in f64,
 * and only a unit whose f64 sum comes within rounding of the best is summed again as defined. The answer is the same.
 */
function euclideanSearcher({ rows: units, columns: features, data }: Matrix): Searcher {
  // An f32 sum of n rounded squares is within (n + 2)·2⁻²⁴ of the exact one, relatively, and within n·2⁻¹⁴⁹ where squares underflow.
  const slack = 1 + (features + 4) * 2 ** -23
  const underflow = features * 2 ** -147
  const find: Searcher = Object.assign(
    (_: Float32Array, x: Float32Array, present: Uint32Array, count: number): number => {
      const complete = count === features
      let best = Number.POSITIVE_INFINITY
      let limit = Number.POSITIVE_INFINITY
      let unit = 0
      for (let k = 0, at = 0; k < units; k++, at += features) {
        const near = complete ? squares(x, data, at, features) : squaresOf(x, data, at, present, count)
        if (near > limit) continue
        const sum = definedSquares(x, data, at, present, count)
        if (sum < best) {
          best = sum
          limit = best * slack + underflow
          unit = k
        }
      }
      find.unit = unit
      return Math.sqrt(best)
    },
    { unit: -1 },
  )
  return find
}

function squares(x: Float32Array, data: Float32Array, at: number, features: number): number {
  let sum = 0
  let f = 0
  for (const unrolled = features - (features % 4); f < unrolled; f += 4) {
    const a = x[f] - data[at + f]
    const b = x[f + 1] - data[at + f + 1]
    const c = x[f + 2] - data[at + f + 2]
    const d = x[f + 3] - data[at + f + 3]
    sum += a * a + b * b + (c * c + d * d)
  }
  for (; f < features; f++) {
    const gap = x[f] - data[at + f]
    sum += gap * gap
  }
  return sum
}

function squaresOf(x: Float32Array, data: Float32Array, at: number, present: Uint32Array, count: number): number {
  let sum = 0
  for (let f = 0; f < count; f++) {
    const gap = x[f] - data[at + present[f]]
    sum += gap * gap
  }
  return sum
}

function definedSquares(x: Float32Array, data: Float32Array, at: number, present: Uint32Array, count: number): number {
  let sum = fround(0)
  for (let f = 0; f < count; f++) {
    const gap = fround(x[f] - data[at + present[f]])
    sum = fround(sum + fround(gap * gap))
  }
  return sum
}

function singleSearcher(
  { rows: units, columns: features, data }: Matrix,
  add: (sum: number, gap: number) => number,
): Searcher {
  const find: Searcher = Object.assign(
    (_: Float32Array, x: Float32Array, present: Uint32Array, count: number): number => {
      let best = Number.POSITIVE_INFINITY
      let unit = 0
      for (let k = 0, at = 0; k < units; k++, at += features) {
        let sum = fround(0)
        for (let f = 0; f < count; f++) sum = add(sum, fround(x[f] - data[at + present[f]]))
        if (sum < best) {
          best = sum
          unit = k
        }
      }
      find.unit = unit
      return best
    },
    { unit: -1 },
  )
  return find
}

type Move = (unit: number, x: Float32Array, present: Uint32Array, count: number, radius: number, rate: number) => void

function mover(lattice: Lattice, kernel: Kernel, features: number, data: Float32Array): Move {
  const { rows, columns } = lattice
  const form = kernelForm(kernel)
  const scale = rowScale(lattice)
  const wraps = wrapsColumns(lattice)
  // Influence along columns, f64 where the kernel's other factor is still to come; one table a shift of -1/2, 0, +1/2 column.
  const along = [-0.5, 0, 0.5].map((shift) => ({
    shift,
    single: new Float32Array(columns),
    double: new Float64Array(columns),
  }))
  const influence = new Float32Array(columns)

  return (unit, x, present, count, radius, rate) => {
    const reach2 = form.reach2(radius, 'online')
    const bmuRow = Math.floor(unit / columns)
    const bmuColumn = unit - bmuRow * columns
    const ready = [false, false, false]

    for (let row = 0; row < rows; row++) {
      const dr = rowGap(lattice, bmuRow, row)
      const t2 = dr * dr * scale
      if (t2 > reach2) continue
      const shift = lattice.cell === 'hexagonal' ? ((row & 1) - (bmuRow & 1)) / 2 : 0
      const half = halfWidth(t2, reach2, columns, shift)
      if (half < 0) continue
      // Columns j with |j + shift - bmuColumn| ≤ half.
      let from = bmuColumn - shift - half
      let to = bmuColumn - shift + half
      if (!wraps) {
        from = Math.max(0, from)
        to = Math.min(columns - 1, to)
      } else if (to - from + 1 >= columns) {
        from = 0
        to = columns - 1
      }
      const table = along[1 + 2 * shift]
      if (!ready[1 + 2 * shift]) {
        fillTable(table, bmuColumn, radius)
        ready[1 + 2 * shift] = true
      }
      const rowInfluence = form.axis(t2, radius)
      if (form.separable) scaleBy(influence, table.single, fround(rate * rowInfluence))
      else fillRow(table, bmuColumn, t2, radius, rate, rowInfluence)
      const start = row * columns
      if (from < 0) {
        moveRange(start, from + columns, columns - 1, x, present, count)
        from = 0
      }
      if (to >= columns) {
        moveRange(start, 0, to - columns, x, present, count)
        to = columns - 1
      }
      moveRange(start, from, to, x, present, count)
    }
  }

  function gapAt(column: number, shift: number, bmuColumn: number): number {
    const gap = Math.abs(column + shift - bmuColumn)
    return wraps ? Math.min(gap, columns - gap) : gap
  }

  function fillTable(table: (typeof along)[0], bmuColumn: number, radius: number): void {
    for (let column = 0; column < columns; column++) {
      const gap = gapAt(column, table.shift, bmuColumn)
      table.double[column] = form.axis(gap * gap, radius)
      table.single[column] = table.double[column]
    }
  }

  function fillRow(
    table: (typeof along)[0],
    bmuColumn: number,
    t2: number,
    radius: number,
    rate: number,
    rowInfluence: number,
  ): void {
    for (let column = 0; column < columns; column++) {
      const gap = gapAt(column, table.shift, bmuColumn)
      influence[column] = rate * (rowInfluence * table.double[column] * form.rest(t2 + gap * gap, radius))
    }
  }

  function moveRange(
    start: number,
    from: number,
    to: number,
    x: Float32Array,
    present: Uint32Array,
    count: number,
  ): void {
    if (count === features) {
      for (let column = from, at = (start + from) * features; column <= to; column++) {
        const g = influence[column]
        for (let f = 0; f < features; f++, at++) {
          const w = data[at]
          data[at] = w + fround(g * fround(x[f] - w))
        }
      }
      return
    }
    for (let column = from; column <= to; column++) {
      const g = influence[column]
      const at = (start + column) * features
      for (let f = 0; f < count; f++) {
        const w = data[at + present[f]]
        data[at + present[f]] = w + fround(g * fround(x[f] - w))
      }
    }
  }
}

function scaleBy(out: Float32Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < out.length; i++) out[i] = factor * values[i]
}

/** The largest column gap in reach at a row gap, a multiple of 1/2 with the parity of `shift`; -1 where there is none. Exact. */
function halfWidth(t2: number, reach2: number, columns: number, shift: number): number {
  const offset = shift === 0 ? 0 : 0.5
  if (reach2 === Number.POSITIVE_INFINITY) return columns + offset
  let half = Math.min(columns, Math.floor(Math.sqrt(reach2 - t2) - offset)) + offset
  while ((half + 1) * (half + 1) + t2 <= reach2 && half <= columns) half++
  while (half >= 0 && half * half + t2 > reach2) half--
  return half
}
