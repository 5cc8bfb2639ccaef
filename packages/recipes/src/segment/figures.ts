import type { Feature, Matrix, Samples } from '@som/core'
import { eachColumn } from './columns.ts'
import { mediansOf } from './medians.ts'

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
  eachColumn(samples, places, (values, f) => {
    const { source } = features[f]
    const usual = source !== undefined && 'level' in source ? meansOf : mediansOf
    const found = usual(values, of, count)
    for (let group = 0; group < count; group++) groups[group][f] = found.groups[group]
    all[f] = found.all
  })
  return { all, groups }
}

/** The means of the values of all rows, and of those in each group. */
function meansOf(values: Samples['data'], of: Int32Array, count: number) {
  // Rows without a group come first.
  const [sums, counts] = [0, 1].map(() => new Float64Array(count + 1))
  let [sum, known] = [0, 0]
  for (let row = 0; row < values.length; row++) {
    const x = values[row]
    if (Number.isNaN(x)) continue
    const at = of[row] < 0 ? 0 : of[row] + 1
    sum += x
    known++
    sums[at] += x
    counts[at]++
  }
  return { all: sum / known, groups: sums.map((total, at) => total / counts[at]).subarray(1) }
}
