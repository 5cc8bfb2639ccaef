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

function euclideanSearcher({ rows: units, columns: features, data }: Matrix): Searcher {
  const find: Searcher = Object.assign(
    (_: Float32Array, x: Float32Array, present: Uint32Array, count: number): number => {
      let best = Number.POSITIVE_INFINITY
      let unit = 0
      const complete = count === features
      for (let k = 0, at = 0; k < units; k++, at += features) {
        let sum = fround(0)
        if (complete) {
          for (let f = 0; f < features; f++) {
            const gap = fround(x[f] - data[at + f])
            sum = fround(sum + fround(gap * gap))
          }
        } else {
          for (let f = 0; f < count; f++) {
            const gap = fround(x[f] - data[at + present[f]])
            sum = fround(sum + fround(gap * gap))
          }
        }
        if (sum < best) {
          best = sum
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
  // Influence along columns at gap g/2: f32 where the kernel separates, f64 where h is still to be multiplied.
  const single = new Float32Array(2 * columns + 2)
  const double = new Float64Array(2 * columns + 2)
  const influence = new Float32Array(columns)

  return (unit, x, present, count, radius, rate) => {
    const reach2 = form.reach2(radius, 'online')
    const bmuRow = Math.floor(unit / columns)
    const bmuColumn = unit - bmuRow * columns
    const widest = Math.min(2 * columns + 1, Math.ceil(2 * Math.sqrt(reach2)))
    for (let g = 0; g <= widest; g++) {
      double[g] = form.axis((g * g) / 4, radius)
      single[g] = double[g]
    }
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
      const rowInfluence = form.axis(t2, radius)
      const rowRate = fround(rate * rowInfluence)
      const start = row * columns
      for (let j = from; j <= to; j++) {
        const column = j < 0 ? j + columns : j >= columns ? j - columns : j
        let gap = Math.abs(column + shift - bmuColumn)
        if (wraps) gap = Math.min(gap, columns - gap)
        influence[column] = form.separable
          ? rowRate * single[2 * gap]
          : rate * (rowInfluence * double[2 * gap] * form.rest(t2 + gap * gap, radius))
      }
      for (let j = from; j <= to; j++) {
        const column = j < 0 ? j + columns : j >= columns ? j - columns : j
        const g = influence[column]
        const at = (start + column) * features
        if (count === features) {
          for (let f = 0; f < features; f++) {
            const w = data[at + f]
            data[at + f] = fround(w + fround(g * fround(x[f] - w)))
          }
        } else {
          for (let f = 0; f < count; f++) {
            const w = data[at + present[f]]
            data[at + present[f]] = fround(w + fround(g * fround(x[f] - w)))
          }
        }
      }
    }
  }
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
