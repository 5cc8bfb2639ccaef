import type { Feature, Matrix, Samples } from '@som/core'
import { eachColumn, medianOf, numbersLike, withoutMissing } from './columns.ts'

/** Figures of some rows, by feature; NaN where no row has a value. */
export interface Figures {
  /** Means on the scale of the map. */
  readonly means: Float64Array
  /** Medians, or shares of a level among the rows with a value, in the user's units. */
  readonly usual: Float64Array
}

/** Figures of all rows. */
export interface WholeFigures extends Figures {
  /** Standard deviations on the scale of the map. */
  readonly deviations: Float64Array
}

/**
 * Figures of all rows and of each group of them, in one pass over `rows`, the samples in the map's units, and a few
 * over the samples. `of` is the group of each row, below 0 for none.
 */
export function figuresOf(
  samples: Samples,
  features: readonly Feature[],
  rows: Matrix,
  of: Int32Array,
  count: number,
): { readonly all: WholeFigures; readonly groups: readonly Figures[] } {
  const moments = momentsOf(rows, of, count)
  const usual = usualOf(samples, features, of, count)
  return {
    all: { means: moments.means, deviations: moments.deviations, usual: usual.all },
    groups: moments.groups.map((means, group) => ({ means, usual: usual.groups[group] })),
  }
}

function momentsOf({ rows, columns, data }: Matrix, of: Int32Array, count: number) {
  const [counts, means, squares] = [0, 1, 2].map(() => new Float64Array(columns))
  const [countsOf, meansOf] = [0, 1].map(() => new Float64Array(count * columns))
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    const start = of[row] * columns
    for (let f = 0; f < columns; f++) {
      const x = data[at + f]
      if (Number.isNaN(x)) continue
      const before = x - means[f]
      means[f] += before / ++counts[f]
      squares[f] += before * (x - means[f])
      if (start >= 0) meansOf[start + f] += (x - meansOf[start + f]) / ++countsOf[start + f]
    }
  }
  const known = (values: Float64Array, from: Float64Array): Float64Array =>
    values.map((value, f) => (from[f] === 0 ? Number.NaN : value))
  return {
    means: known(means, counts),
    deviations: squares.map((sum, f) => Math.sqrt(sum / counts[f])),
    groups: Array.from({ length: count }, (_, group) => {
      const [start, end] = [group * columns, (group + 1) * columns]
      return known(meansOf.subarray(start, end), countsOf.subarray(start, end))
    }),
  }
}

function usualOf(samples: Samples, features: readonly Feature[], of: Int32Array, count: number) {
  const all = new Float64Array(features.length)
  const groups = Array.from({ length: count }, () => new Float64Array(features.length))
  const places = features.map(({ name }) => samples.features.indexOf(name))
  const starts = startsOf(of, count)
  const sorted = numbersLike(samples.data, starts[count])
  eachColumn(samples, places, (values, f) => {
    const { source } = features[f]
    const usual = source !== undefined && 'level' in source ? meanOf : medianOf
    const ends = starts.slice(0, count)
    for (let row = 0; row < values.length; row++)
      if (of[row] >= 0 && !Number.isNaN(values[row])) sorted[ends[of[row]]++] = values[row]
    for (let group = 0; group < count; group++) groups[group][f] = usual(sorted.subarray(starts[group], ends[group]))
    all[f] = usual(withoutMissing(values))
  })
  return { all, groups }
}

/** Where the rows of each group begin if they lie group by group; at the end their number. */
function startsOf(of: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (let row = 0; row < of.length; row++) if (of[row] >= 0) starts[of[row] + 1]++
  for (let group = 0; group < count; group++) starts[group + 1] += starts[group]
  return starts
}

function meanOf(values: Samples['data']): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}
