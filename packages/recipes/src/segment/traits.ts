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

/**
 * The traits of the rows of a segment, the strongest first. Numbers and levels share one scale: the standardised difference of a level is (p - q) / √(q (1 - q)), p its share in the
 * segment and q in all rows. Cycles of a time say nothing one by one, and are left out. `rows` are the samples as the map holds them.
 */
export function traitsOf(
  samples: Samples,
  features: readonly Feature[],
  rows: Matrix,
  members: readonly number[],
): Trait[] {
  const everyone = Array.from({ length: rows.rows }, (_, row) => row)
  const traits = features.flatMap(({ name, source }, f): Trait[] => {
    const deviations = differenceOf(rows, f, members)
    if (!Number.isFinite(deviations)) return []
    const about = { feature: name, column: source?.column ?? name, deviations }
    if (source !== undefined && 'level' in source) {
      const share = (of: Iterable<number>): number => meanOf(sortedValues(samples, name, of))
      return [{ ...about, kind: 'level', level: source.level, usual: share(members), all: share(everyone) }]
    }
    if (source !== undefined && source.time !== 'days') return []
    const middle = (of: Iterable<number>): number => medianOf(sortedValues(samples, name, of))
    return [{ ...about, kind: source ? 'days' : 'number', usual: middle(members), all: middle(everyone) }]
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

function differenceOf({ rows, columns, data }: Matrix, f: number, members: readonly number[]): number {
  let [count, mean, squares] = [0, 0, 0]
  for (let i = 0; i < rows; i++) {
    const x = data[i * columns + f]
    if (Number.isNaN(x)) continue
    const before = x - mean
    mean += before / ++count
    squares += before * (x - mean)
  }
  const known = members.map((i) => data[i * columns + f]).filter((x) => !Number.isNaN(x))
  return (meanOf(known) - mean) / Math.sqrt(squares / count)
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}
