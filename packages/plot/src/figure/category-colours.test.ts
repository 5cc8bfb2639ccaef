import { expect, it } from 'vitest'
import { categoryColour, MOST_CATEGORIES, okLab } from './category-colours.ts'
import { CATEGORIES, channelsOf, inkOn } from './colour.ts'

const apart = (a: string, b: string): number => Math.hypot(...okLab(a).map((part, i) => part - okLab(b)[i]))

/**
 * What any two of so many colours are apart in OKLab, where black and white are 1 apart: a thirtieth is seen side by
 * side.
 */
it.each([
  [9, 0.125],
  [20, 0.125],
  [40, 0.095],
  [100, 0.06],
  [256, 0.04],
])('the first %i colours are at least %d apart', (count, least) => {
  const colours = Array.from({ length: count }, (_, i) => categoryColour(i))
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) expect(apart(colours[i], colours[j])).toBeGreaterThanOrEqual(least)
    expect(apart(colours[i], '#ffffff')).toBeGreaterThanOrEqual(least)
  }
})

it('the nine that are clear to colour-blind readers come first, and after the last they come round again', () => {
  expect(CATEGORIES.map((_, i) => categoryColour(i))).toEqual(CATEGORIES)
  expect(categoryColour(MOST_CATEGORIES)).toBe(CATEGORIES[0])
})

it('OKLab is that of its author', () => {
  const shown = (colour: string) => okLab(colour).map((part) => Number(part.toFixed(3)))
  expect(shown('#ffffff')).toEqual([1, 0, 0])
  expect(shown('#ff0000')).toEqual([0.628, 0.225, 0.126])
  expect(shown('#0000ff')).toEqual([0.452, -0.032, -0.312])
})

it('text on each of them can be read', () => {
  const luminance = (colour: string): number => {
    const [red, green, blue] = channelsOf(colour).map((channel) => (channel / 255) ** 2.2)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  for (let i = 0; i < MOST_CATEGORIES; i++) {
    const [less, more] = [luminance(categoryColour(i)), luminance(inkOn(categoryColour(i)))].sort((a, b) => a - b)
    expect((more + 0.05) / (less + 0.05)).toBeGreaterThanOrEqual(3)
  }
})
