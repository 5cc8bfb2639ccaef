import { expect, it } from 'vitest'
import { CATEGORIES, COLOUR_MAPS, channelsOf, inkOn, paletteOf } from './colour.ts'

/** Relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [less, more] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (more + 0.05) / (less + 0.05)
}

it.each(COLOUR_MAPS)('%s goes only one way in lightness, so that it reads without colour', (map) => {
  const lights = paletteOf(map, 64).map(luminance)
  const rising = lights[63] > lights[0]
  for (let i = 1; i < lights.length; i++) expect(lights[i] > lights[i - 1]).toBe(rising)
})

/** Large text, by WCAG 2 at level AA; numbers on cells are no more than a help beside the colours. */
const READABLE = 3

it('text on any colour of a plot can be read', () => {
  const colours = [...CATEGORIES, ...COLOUR_MAPS.flatMap((map) => paletteOf(map, 64))]
  for (const colour of colours) expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(READABLE)
})
