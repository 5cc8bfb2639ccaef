import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CATEGORIES, COLOUR_MAPS, channelsOf, colourScale, inkOn, paletteOf } from './colour.ts'

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

it('a greater value never has a lower level', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(fc.array(finite, { minLength: 2 }), (values) => {
      const scale = colourScale(values, 'viridis')
      const sorted = [...values].sort((a, b) => a - b)
      const levels = sorted.map(scale.levelOf)
      for (let i = 0; i < levels.length; i++) {
        expect(scale.palette[levels[i]]).toMatch(/^#[0-9a-f]{6}$/)
        if (i > 0) expect(levels[i]).toBeGreaterThanOrEqual(levels[i - 1])
      }
    }),
    // So small that half of their distance is none.
    { examples: [[[-6e-323, -5.4e-323]]] },
  )
})

it('the least and the greatest value have the ends of the colours', () => {
  const scale = colourScale([3, 1, 2], 'viridis')
  expect(scale.palette[scale.levelOf(1)]).toBe('#440154')
  expect(scale.palette[scale.levelOf(3)]).toBe('#fde725')
})

it('values that are not finite have no colour and do not stretch the range', () => {
  const scale = colourScale([1, Number.NaN, 2, Number.POSITIVE_INFINITY], 'viridis')
  expect([scale.least, scale.greatest]).toEqual([1, 2])
  expect([Number.NaN, Number.POSITIVE_INFINITY].map(scale.levelOf)).toEqual([-1, -1])
})

it('values that are all the same have one colour', () => {
  const scale = colourScale([5, 5], 'viridis')
  expect(scale.palette).toHaveLength(1)
  expect(scale.levelOf(5)).toBe(0)
})

/** Large text, by WCAG 2 at level AA; numbers on cells are no more than a help beside the colours. */
const READABLE = 3

it('text on any colour of a plot can be read', () => {
  const colours = [...CATEGORIES, ...COLOUR_MAPS.flatMap((map) => paletteOf(map, 64))]
  for (const colour of colours) expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(READABLE)
})
