import { random } from '@som/core'
import { expect, it } from 'vitest'
import { imageOf } from '../../test/images.ts'
import { countColours } from './image/histogram.ts'
import { DITHERS, indexImage } from './index-image.ts'
import { makePalette } from './make-palette.ts'

/** Clear, opaque and every alpha between: a soft disc. */
const disc = imageOf(48, 48, (x, y) => {
  const far = Math.hypot(x - 24, y - 24)
  return [5 * x, 5 * y, 90, Math.max(0, Math.min(255, Math.round(255 * (1.6 - far / 15))))]
})
/** A nearly clear ground, a nearly opaque one, and a single pixel of each end. */
const rare = imageOf(40, 40, (x, y) => {
  if (y === 0 && x < 2) return [9, 200, 9, 255 * x]
  return [x, y, 100, x % 2 === 0 ? 1 + (y % 3) : 252 + (y % 3)]
})
const source = random(3, 'pixels')
const noise = imageOf(
  160,
  160,
  () => [0, 0, 0, 0].map(() => Math.floor(source() * 256)) as [number, number, number, number],
)

const images = { disc, rare, noise }
const cases = (Object.keys(images) as (keyof typeof images)[]).flatMap((name) =>
  [2, 3, 4, 8, 31].flatMap((colours) => DITHERS.map((dither) => ({ name, colours, dither }))),
)

it.each(cases)('alpha 0 stays 0 and 255 stays 255: $name, $colours colours, dither $dither', async (given) => {
  const image = images[given.name]
  const palette = (await makePalette(countColours(image), { colours: given.colours })).unwrapOr(null)
  if (palette === null) throw new Error('expected a palette')
  expect(palette.colours.length).toBeLessThanOrEqual(given.colours)
  const shown = (await indexImage(image, palette, { dither: given.dither })).unwrapOr(null)
  const wrong = Array.from(shown?.indices ?? [], (index, pixel) => [
    image.data[4 * pixel + 3],
    palette.colours[index].alpha,
  ]).filter(([alpha, found]) => (alpha === 0 || alpha === 255) && found !== alpha)
  expect(wrong).toEqual([])
})
