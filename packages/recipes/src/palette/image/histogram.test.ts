import fc from 'fast-check'
import { expect, it } from 'vitest'
import { imageOf, landscape } from '../../../test/images.ts'
import { pointsOf, unpack } from '../colour/packed-colour.ts'
import { thin, type WeightedPoints } from '../fit/weighted-points.ts'
import { countColours, mergeHistograms } from './histogram.ts'

it('every pixel is counted once, under its own colour', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 400 }), (bytes) => {
      const width = Math.floor(bytes.length / 4)
      const image = { width, height: 1, data: bytes.slice(0, 4 * width) }
      const { colours, counts, of } = countColours(image)
      expect(new Set(colours).size).toBe(colours.length)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(width)
      of.forEach((colour, pixel) => {
        const [red, green, blue, alpha] = image.data.subarray(4 * pixel)
        expect(unpack(colours[colour])).toEqual(alpha === 0 ? [0, 0, 0, 0] : [red, green, blue, alpha])
      })
    }),
  )
})

it('thousands of colours grow the table', () => {
  const image = imageOf(100, 100, (x, y) => [x, y, 0, 255])
  expect(countColours(image).colours).toHaveLength(10_000)
})

it('histograms of several images add up', () => {
  const [a, b] = [landscape(16), imageOf(4, 4, () => [90, 160, 220, 255])].map(countColours)
  const both = mergeHistograms([a, b, a])
  expect(both.counts.reduce((sum, count) => sum + count, 0)).toBe(16 * 16 * 2 + 16)
  expect(both.colours).toHaveLength(new Set([...a.colours, ...b.colours]).size)
})

it('many colours become few points that weigh and lie as much as they did', () => {
  for (const alpha of [255, 90]) {
    const { colours, counts } = countColours(landscape(48, () => alpha))
    const all = { points: pointsOf(colours, alpha === 255), weights: Float32Array.from(counts) }
    const few = thin(all, 100)
    expect(few.points.rows).toBeLessThanOrEqual(100)
    expect(few.points.rows).toBeGreaterThan(20)
    const meanOf = ({ points, weights }: WeightedPoints, f: number): number =>
      weights.reduce((sum, weight, i) => sum + weight * points.data[i * points.columns + f], 0) / (48 * 48)
    for (let f = 0; f < all.points.columns; f++) expect(meanOf(few, f)).toBeCloseTo(meanOf(all, f), 5)
  }
})

it('an image whose numbers do not fit together is refused', () => {
  expect(() => countColours({ width: 2, height: 2, data: new Uint8Array(12) })).toThrow(
    'image.data: expected 2 x 2 x 4 = 16 bytes, found 12',
  )
  expect(() => countColours({ width: 0, height: 1.5, data: new Uint8Array() })).toThrow(/width.*\n.*height/)
})
