import type { ClassCounts } from '../numbers/class-counts.ts'
import { CATEGORIES, categoryColour, OTHER } from './colour.ts'
import type { Swatch } from './swatches.ts'

/** The colour of a class: the most frequent have one each, the rest share a grey. */
export function classColour(index: number): string {
  return index < CATEGORIES.length ? categoryColour(index) : OTHER
}

/** The classes with their colours. */
export function classSwatches({ classes }: ClassCounts): Swatch[] {
  const named = classes.slice(0, CATEGORIES.length).map((text, i) => ({ colour: classColour(i), text }))
  const others = classes.length - named.length
  return others > 0
    ? [...named, { colour: OTHER, text: others === 1 ? classes[named.length] : `${others} others` }]
    : named
}
