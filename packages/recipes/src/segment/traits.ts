import type { Feature, Matrix, Samples } from '@som/core'
import { medianOf, valuesAt } from './columns.ts'

/** How a segment differs from all rows in one numeric column or one level of a category. */
export type Trait = {
  /** The feature of the map, and the table column that it was made from. */
  readonly feature: string
  readonly column: string
  /** The segment's mean minus that of all rows, on the scale of the map, in standard deviations of all rows. */
  readonly deviations: number
} & (
  | {
      /** `days`: a date, as days since the start of 1970. */
      readonly kind: 'number' | 'days'
      /** Medians of the segment and of all rows, in the user's units. */
      readonly usual: number
      readonly all: number
    }
  | {
      readonly kind: 'level'
      readonly level: string
      /** Shares of rows with this level in the segment and in all rows, among rows with a value. */
      readonly usual: number
      readonly all: number
    }
)

/**
 * A trait sets a segment apart if it is at least half a standard deviation, and three standard errors, away from all
 * rows.
 */
const LEAST_DEVIATIONS = 0.5
const LEAST_ERRORS = 3

/** Statistics of all rows in one feature, computed once for all segments. */
export interface Whole {
  /** Mean and standard deviation on the scale of the map. */
  readonly mean: number
  readonly deviation: number
  /** Median, or share of a level, in the user's units. */
  readonly all: number
}

/** Statistics of all rows, by feature. `rows` are the samples in the map's units. */
export function wholeOf(samples: Samples, features: readonly Feature[], rows: Matrix): Whole[] {
  const everyone = Uint32Array.from({ length: rows.rows }, (_, row) => row)
  const moments = momentsOf(rows, everyone)
  return features.map((feature, f) => ({ ...moments[f], all: usualOf(samples, feature, everyone) }))
}

/**
 * The traits of the rows of a segment, the strongest first. Numbers and levels share one scale: the standardised
 * difference of a level is (p - q) / √(q (1 - q)), with p its share in the segment and q in all rows. Cycles of a time
 * mean nothing on their own and are left out. `rows` are the samples in the map's units.
 */
export function traitsOf(
  samples: Samples,
  features: readonly Feature[],
  rows: Matrix,
  whole: readonly Whole[],
  members: ArrayLike<number>,
): Trait[] {
  const moments = momentsOf(rows, members)
  const traits = features.flatMap((feature, f): Trait[] => {
    const { name, source } = feature
    const deviations = (moments[f].mean - whole[f].mean) / whole[f].deviation
    if (!Number.isFinite(deviations)) return []
    const about = { feature: name, column: source?.column ?? name, deviations }
    const figures = { usual: usualOf(samples, feature, members), all: whole[f].all }
    if (source === undefined) return [{ ...about, ...figures, kind: 'number' }]
    if ('level' in source) return [{ ...about, ...figures, kind: 'level', level: source.level }]
    return source.time === 'days' ? [{ ...about, ...figures, kind: 'days' }] : []
  })
  return traits.sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
}

/**
 * The traits that set a segment with this many rows apart. Levels count only if they are more frequent than in all
 * rows.
 */
export function marksOf(traits: readonly Trait[], rows: number): Trait[] {
  return traits.filter(
    ({ kind, deviations }) =>
      Math.abs(deviations) >= LEAST_DEVIATIONS &&
      Math.abs(deviations) * Math.sqrt(rows) >= LEAST_ERRORS &&
      (kind !== 'level' || deviations > 0),
  )
}

function usualOf(samples: Samples, { name, source }: Feature, members: ArrayLike<number>): number {
  const values = valuesAt(samples, name, members)
  if (source === undefined || !('level' in source)) return medianOf(values)
  return values.reduce((sum, x) => sum + x, 0) / values.length
}

/** Of each column, over the members. */
function momentsOf({ columns, data }: Matrix, members: ArrayLike<number>): Pick<Whole, 'mean' | 'deviation'>[] {
  const [counts, means, squares] = [0, 1, 2].map(() => new Float64Array(columns))
  for (let i = 0; i < members.length; i++) {
    const at = members[i] * columns
    for (let f = 0; f < columns; f++) {
      const x = data[at + f]
      if (Number.isNaN(x)) continue
      const before = x - means[f]
      means[f] += before / ++counts[f]
      squares[f] += before * (x - means[f])
    }
  }
  return Array.from(counts, (count, f) =>
    count === 0
      ? { mean: Number.NaN, deviation: Number.NaN }
      : { mean: means[f], deviation: Math.sqrt(squares[f] / count) },
  )
}
