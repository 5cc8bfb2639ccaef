import { random } from '@som/core'
import { describe, expect, it } from 'vitest'
import { imageOf, landscape } from '../../../test/images.ts'
import { lightOf } from '../colour/light-of.ts'
import { pack, pointsOf } from '../colour/packed-colour.ts'
import { DITHERS, type Dither, type IndexedImage, indexImage } from '../index-image.ts'
import { paletteOf } from '../palette.ts'
import { paletteError } from '../palette-error.ts'
import { blueNoise, MASK_SIDE } from './blue-noise.ts'
import { nearestOf } from './nearest-of.ts'

const blackAndWhite = paletteOf(Uint32Array.of(pack(0, 0, 0, 255), pack(255, 255, 255, 255)), Float64Array.of(0.5, 0.5))
const grey = imageOf(128, 128, () => [188, 188, 188, 255])
/** Linear light of sRGB 188. */
const HALF = lightOf(Uint32Array.of(pack(188, 188, 188, 255)))[0]

async function indexed(image: typeof grey, dither: Dither, palette = blackAndWhite): Promise<IndexedImage> {
  const result = await indexImage(image, palette, { dither })
  if (result.isErr) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe.each(DITHERS.filter((dither) => dither !== 'none'))('%s', (dither) => {
  it('keeps the light of a grey in black and white', async () => {
    const { indices } = await indexed(grey, dither)
    const white = indices.reduce((sum, i) => sum + i, 0) / indices.length
    expect(Math.abs(white - HALF)).toBeLessThan(0.01)
  })

  it('leaves alone what the palette has', async () => {
    const image = imageOf(20, 20, (x, y) => [255 * ((x + y) % 2), 255 * ((x + y) % 2), 255 * ((x + y) % 2), 255])
    expect(paletteError(image, await indexed(image, dither)).mean).toBe(0)
  })

  it('keeps what is clear clear', async () => {
    const image = landscape(32, (x) => (x < 16 ? 0 : 255))
    const palette = paletteOf(Uint32Array.of(0, pack(100, 150, 200, 255), pack(80, 130, 40, 255)), new Float64Array(3))
    const { indices } = await indexed(image, dither, palette)
    indices.forEach((index, pixel) => void expect(index === 0).toBe(pixel % 32 < 16))
  })
})

it('without dithering every pixel takes the nearest colour, the lower of two as near', async () => {
  const twice = paletteOf(
    Uint32Array.of(pack(9, 9, 9, 255), pack(9, 9, 9, 255), pack(250, 0, 0, 255)),
    new Float64Array(3),
  )
  const { indices } = await indexed(
    imageOf(2, 1, (x) => [x * 255, 0, 0, 255]),
    'none',
    twice,
  )
  expect(Array.from(indices)).toEqual([0, 2])
})

it('each threshold of the blue noise occurs once', () => {
  const side = MASK_SIDE ** 2
  const ranks = Array.from(blueNoise(), (threshold) => threshold * side - 0.5)
  expect(ranks.toSorted((a, b) => a - b)).toEqual(Array.from({ length: side }, (_, i) => i))
})

it('blue noise spreads any share of its dots more evenly than chance would', () => {
  const mask = blueNoise()
  // Dots in blocks of 8 by 8: independent ones vary by 64 p (1 - p).
  for (const p of [0.1, 0.5, 0.9]) {
    const counts = new Float64Array(64)
    mask.forEach((threshold, i) => {
      const block = Math.floor(i / MASK_SIDE / 8) * 8 + Math.floor((i % MASK_SIDE) / 8)
      if (threshold < p) counts[block]++
    })
    const variance = counts.reduce((sum, n) => sum + (n - 64 * p) ** 2, 0) / 64
    expect(variance).toBeLessThan((64 * p * (1 - p)) / 4)
  }
})

it('the quick search finds what looking at all finds', () => {
  const source = random(5, 'points')
  const points = pointsOf(
    Uint32Array.from({ length: 200 }, () => Math.floor(source() * 2 ** 32) | 0xff000000),
    true,
  )
  const nearest = nearestOf(points)
  for (let i = 0; i < 500; i++) {
    const query = Float64Array.of(source(), source() - 0.5, source() - 0.5)
    const distances = Array.from({ length: 200 }, (_, p) =>
      query.reduce((sum, x, f) => sum + (x - points.data[3 * p + f]) ** 2, 0),
    )
    expect(nearest(query)).toBe(distances.indexOf(Math.min(...distances)))
  }
})

it('an image, a palette and a name that would not do are reported at once', async () => {
  const image = { width: 1, height: 1, data: new Uint8Array(3) }
  const empty = paletteOf(new Uint32Array(), new Float64Array())
  // A caller without types.
  const result = await indexImage(image, empty, { dither: 'bayer' as Dither })
  expect(result.isErr && result.error.map(({ path }) => path)).toEqual(['image.data', 'palette', 'dither'])
})
