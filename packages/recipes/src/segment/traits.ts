import type { Feature, Matrix, Samples } from '@som/core'
import { medianOf, sortedValues } from './columns.ts'

/** How a segment differs from all rows in one column of numbers, or one level of a category. */
export type Trait = {
  /** The feature on the map, and the column of the table that it was made of. */
  readonly feature: string
  readonly column: string
  /** The mean of the segment less that of all rows, on the scale of the map, in standard deviations of all rows. */
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
      /** Shares of rows with this level in the segment and in all rows, of those that are not missing. */
      readonly usual: number
      readonly all: number
    }
)

/** A trait that sets a segment apart is at least half a standard deviation, and three standard errors, away from all rows. */
const LEAST_DEVIATIONS = 0.5
const LEAST_ERRORS = 3

/** What all rows are like in one feature: worked out once for all segments. */
export interface Whole {
  /** Mean and standard deviation on the scale of the map. */
  readonly mean: number
  readonly deviation: number
  /** Median, or share of a level, in the user's units. */
  readonly all: number
}

/** What all rows are like, feature by feature. `rows` are the samples as the map holds them. */
export function wholeOf(samples: Samples, features: readonly Feature[], rows: Matrix): Whole[] {
  const everyone = Array.from({ length: rows.rows }, (_, row) => row)
  return features.map((feature, f) => ({ ...momentsOf(rows, f, everyone), all: usualOf(samples, feature, everyone) }))
}

/**
 * The traits of the rows of a segment, the strongest first. Numbers and levels share one scale: the standardised difference of a level is (p - q) / √(q (1 - q)), p its share in the
 * segment and q in all rows. Cycles of a time say nothing one by one, and are left out. `rows` are the samples as the map holds them.
 */
export function traitsOf(
  samples: Samples,
  features: readonly Feature[],
  rows: Matrix,
  whole: readonly Whole[],
  members: readonly number[],
): Trait[] {
  const traits = features.flatMap((feature, f): Trait[] => {
    const { name, source } = feature
    const deviations = (momentsOf(rows, f, members).mean - whole[f].mean) / whole[f].deviation
    if (!Number.isFinite(deviations)) return []
    const about = { feature: name, column: source?.column ?? name, deviations }
    const figures = { usual: usualOf(samples, feature, members), all: whole[f].all }
    if (source === undefined) return [{ ...about, ...figures, kind: 'number' }]
    if ('level' in source) return [{ ...about, ...figures, kind: 'level', level: source.level }]
    return source.time === 'days' ? [{ ...about, ...figures, kind: 'days' }] : []
  })
  return traits.sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
}

/** The traits that set a segment of so many rows apart. Of levels those that it has more often than all rows. */
export function marksOf(traits: readonly Trait[], rows: number): Trait[] {
  return traits.filter(
    ({ kind, deviations }) =>
      Math.abs(deviations) >= LEAST_DEVIATIONS &&
      Math.abs(deviations) * Math.sqrt(rows) >= LEAST_ERRORS &&
      (kind !== 'level' || deviations > 0),
  )
}

function usualOf(samples: Samples, { name, source }: Feature, members: readonly number[]): number {
  const values = sortedValues(samples, name, members)
  if (source === undefined || !('level' in source)) return medianOf(values)
  return values.reduce((sum, x) => sum + x, 0) / values.length
}

function momentsOf(
  { columns, data }: Matrix,
  f: number,
  members: readonly number[],
): Pick<Whole, 'mean' | 'deviation'> {
  let [count, mean, squares] = [0, 0, 0]
  for (const row of members) {
    const x = data[row * columns + f]
    if (Number.isNaN(x)) continue
    const before = x - mean
    mean += before / ++count
    squares += before * (x - mean)
  }
  return count === 0 ? { mean: Number.NaN, deviation: Number.NaN } : { mean, deviation: Math.sqrt(squares / count) }
}
