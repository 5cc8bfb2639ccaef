import type { Feature } from '@som/core'
import type { Figures, WholeFigures } from './figures.ts'

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

/**
 * The traits of the rows of a segment, the strongest first. Numbers and levels share one scale: the standardised
 * difference of a level is (p - q) / √(q (1 - q)), with p its share in the segment and q in all rows. Cycles of a time
 * mean nothing on their own and are left out.
 */
export function traitsOf(features: readonly Feature[], all: WholeFigures, own: Figures): Trait[] {
  const traits = features.flatMap((feature, f): Trait[] => {
    const { name, source } = feature
    const deviations = (own.means[f] - all.means[f]) / all.deviations[f]
    if (!Number.isFinite(deviations)) return []
    const about = { feature: name, column: source?.column ?? name, deviations }
    const figures = { usual: own.usual[f], all: all.usual[f] }
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
