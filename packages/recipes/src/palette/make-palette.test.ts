import type { Issue } from '@som/core'
import { describe, expect, it } from 'vitest'
import { imageOf, landscape } from '../../test/images.ts'
import { countColours } from './image/histogram.ts'
import type { Image } from './image/image.ts'
import { indexImage } from './index-image.ts'
import { makePalette } from './make-palette.ts'
import { hexOf, type Palette } from './palette.ts'
import { paletteError } from './palette-error.ts'
import type { PaletteOptions } from './palette-options.ts'

async function paletteFor(image: Image, options: PaletteOptions = {}): Promise<Palette> {
  const made = await makePalette(countColours(image), options)
  if (made.isErr) throw new Error(JSON.stringify(made.error))
  return made.value
}

async function errorOf(image: Image, palette: Palette): Promise<number> {
  const indexed = await indexImage(image, palette)
  if (indexed.isErr) throw new Error(JSON.stringify(indexed.error))
  return paletteError(image, indexed.value).mean
}

describe('a palette', () => {
  it('has as many colours as asked for, all different, and shares that make a whole', async () => {
    const { rows, columns, colours } = await paletteFor(landscape(), { colours: 12 })
    expect([rows, columns, new Set(colours.map(hexOf)).size]).toEqual([1, 12, 12])
    expect(colours.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
  })

  it('comes closer to the image the more colours it has', async () => {
    const image = landscape()
    const errors = []
    for (const colours of [1, 4, 16, 64]) errors.push(await errorOf(image, await paletteFor(image, { colours })))
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
    expect(errors[3]).toBeLessThan(errors[1] / 3)
  })

  it('is the same for the same seed, bit for bit', async () => {
    expect(await paletteFor(landscape(), { seed: 3 })).toEqual(await paletteFor(landscape(), { seed: 3 }))
  })

  it('holds just the colours of an image that has no more, in an order that flows', async () => {
    const greys = [200, 10, 90, 250, 50, 150]
    const image = imageOf(6, 4, (x) => [greys[x], greys[x], greys[x], 255])
    const { colours } = await paletteFor(image)
    const found = colours.map(({ red }) => red)
    const ascending = greys.toSorted((a, b) => a - b)
    expect(found[0] < found[5] ? found : found.toReversed()).toEqual(ascending)
    expect(await errorOf(image, await paletteFor(image))).toBe(0)
  })

  it('of a ramp goes along the ramp', async () => {
    const { colours } = await paletteFor(
      imageOf(256, 4, (x) => [x, x, x, 255]),
      { colours: 8 },
    )
    const found = colours.map(({ red }) => red)
    const ascending = found.toSorted((a, b) => a - b)
    expect(found[0] < found[7] ? found : found.toReversed()).toEqual(ascending)
  })

  it('of one pixel or of one colour is that colour', async () => {
    for (const image of [imageOf(1, 1, () => [1, 2, 3, 255]), imageOf(9, 9, () => [1, 2, 3, 255])]) {
      const { colours } = await paletteFor(image, { colours: 256 })
      expect(colours).toEqual([{ red: 1, green: 2, blue: 3, alpha: 255, share: 1 }])
    }
  })

  it('on a grid has all its places, alike along rows and along columns', async () => {
    const { rows, columns, colours } = await paletteFor(landscape(), { grid: { rows: 4, columns: 5 } })
    expect([rows, columns, colours.length]).toEqual([4, 5, 20])
    const apart = (a: number, b: number): number =>
      Math.hypot(...(['red', 'green', 'blue'] as const).map((c) => colours[a][c] - colours[b][c]))
    const pairs = colours.flatMap((_, a) => colours.map((_, b) => [a, b] as const)).filter(([a, b]) => a < b)
    const mean = (of: typeof pairs): number => of.reduce((sum, [a, b]) => sum + apart(a, b), 0) / of.length
    const along = pairs.filter(([a, b]) => b === a + 1 && b % 5 > 0)
    const across = pairs.filter(([a, b]) => b === a + 5)
    expect(Math.max(mean(along), mean(across))).toBeLessThan(mean(pairs) / 1.5)
    const few = await paletteFor(
      imageOf(2, 1, (x) => [x * 255, 0, 0, 255]),
      { grid: { rows: 2, columns: 3 } },
    )
    expect(few.colours).toHaveLength(6)
  })

  it('keeps what is clear and what is veiled', async () => {
    const image = landscape(48, (x) => (x < 16 ? 0 : x < 32 ? 128 : 255))
    const { colours } = await paletteFor(image, { colours: 24 })
    expect(colours.filter(({ alpha }) => alpha === 0)).toHaveLength(1)
    const veiled = colours.filter(({ alpha }) => Math.abs(alpha - 128) <= 2).length
    const solid = colours.filter(({ alpha }) => alpha >= 253).length
    expect(1 + veiled + solid).toBe(24)
    expect(Math.min(veiled, solid)).toBeGreaterThan(4)
  })
})

it('wrong options are reported all at once, and a wrong name with the one that may be meant', async () => {
  const told = async (options: object): Promise<readonly Issue[]> => {
    const made = await makePalette(countColours(landscape(4)), options)
    return made.isErr ? made.error : []
  }
  expect(await told({ colours: 257, seed: -1, colour: 3 })).toEqual([
    { path: 'colour', message: 'no such option; did you mean colours?' },
    { path: 'colours', message: 'expected an integer from 1 to 256, found 257' },
    { path: 'seed', message: 'expected an integer of at least 0, found -1' },
  ])
  expect(await told({ colours: 0, grid: { rows: 20, columns: 20 } })).toEqual([
    { path: 'colours', message: 'expected an integer from 1 to 256, found 0' },
    { path: 'colours, grid', message: 'expected one of them: a grid has rows x columns colours' },
    { path: 'grid', message: 'expected at most 256 colours, found 20 x 20 = 400' },
  ])
})

it('a histogram without a colour is refused', async () => {
  const made = await makePalette({ colours: new Uint32Array(), counts: new Float64Array() })
  expect(made.isErr && made.error[0].message).toContain('expected at least 1 colour, found 0')
})

it('an aborted run rejects with the reason', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(makePalette(countColours(landscape()), {}, { signal })).rejects.toThrow('enough')
})
