import type { ClassCounts } from '../numbers/class-counts.ts'
import { categoryColour, MOST_CATEGORIES } from './category-colours.ts'
import { OTHER } from './colour.ts'
import { type ShortNames, shortNames } from './short-names.ts'
import type { Swatch } from './swatches.ts'

/**
 * The colour of a class: each has its own, unless there are more than colours; then those of fewest rows share a grey.
 */
export function classColour(index: number): string {
  return index < MOST_CATEGORIES ? categoryColour(index) : OTHER
}

/** Position of a class among `classColours`. */
export function classLevel(index: number): number {
  return Math.min(index, MOST_CATEGORIES)
}

/** The colours of so many classes. */
export function classColours(count: number): string[] {
  return Array.from({ length: Math.min(count, MOST_CATEGORIES + 1) }, (_, i) => classColour(i))
}

/** The classes with their colours, in short names. */
export function classSwatches({ classes }: ClassCounts, { texts }: ShortNames = shortNames(classes)): Swatch[] {
  const named = classes.slice(0, MOST_CATEGORIES).map((whole, i) => ({ colour: classColour(i), text: texts[i], whole }))
  const others = classes.slice(MOST_CATEGORIES)
  if (others.length === 0) return named
  const text = `the other ${others.length} classes, which have the fewest rows`
  return [...named, { colour: OTHER, text, whole: others.join(', ') }]
}
