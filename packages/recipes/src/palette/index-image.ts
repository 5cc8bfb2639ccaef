import { checkByTable, checkRuntime, type Issue, Issues, js, type Option, show } from '@som/core'
import Result from 'true-myth/result'
import { areOpaque, pointsOf } from './colour/packed-colour.ts'
import { blueNoiseDither } from './dither/blue-noise-dither.ts'
import { floydSteinberg } from './dither/floyd-steinberg.ts'
import { matchEnds } from './fit/match-ends.ts'
import { type CountedImage, countColours } from './image/histogram.ts'
import { type Image, imageIssues } from './image/image.ts'
import type { PaletteRuntime } from './make-palette.ts'
import { type Palette, packedColours } from './palette.ts'
import { MOST_COLOURS } from './palette-options.ts'

export const DITHERS = ['none', 'floyd-steinberg', 'blue-noise'] as const
export type Dither = (typeof DITHERS)[number]

const TABLE: Readonly<Record<string, Option>> = {
  dither: { kind: 'choice', of: DITHERS, default: 'none' },
  counted: { kind: 'object' },
}

/** An image whose pixels are indices into a palette. */
export interface IndexedImage {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  /** One palette index per pixel, row by row. */
  readonly indices: Uint8Array
}

/**
 * Shows an image in the colours of a palette. Without dithering each pixel takes the nearest one in OKLab;
 * `floyd-steinberg` passes the error on to neighbouring pixels; `blue-noise` mixes two colours by a fixed pattern,
 * which is stable from image to image. Clear pixels stay clear and opaque ones opaque if the palette has such a colour.
 * `counted` avoids counting the colours again.
 */
export async function indexImage(
  image: Image,
  palette: Palette,
  options: { readonly dither?: Dither; readonly counted?: CountedImage } = {},
  runtime: PaletteRuntime = {},
): Promise<Result<IndexedImage, readonly Issue[]>> {
  const issues = new Issues()
  for (const { path, message } of imageIssues(image, 'image')) issues.add(path, message)
  const colours: unknown = palette?.colours
  const size = Array.isArray(colours) ? colours.length : 0
  if (size < 1 || size > MOST_COLOURS) {
    const found = Array.isArray(colours) ? size : show(palette)
    issues.add('palette', `expected 1 to ${MOST_COLOURS} colours, found ${found}`)
  }
  checkByTable(options, TABLE, issues)
  checkRuntime(runtime, ['backend', 'signal'], issues)
  if (issues.list.length > 0) return Result.err(issues.list)
  const { dither = 'none' } = options
  const counted = options.counted ?? countColours(image)
  const indices = await ways[dither](image, counted, packedColours(palette), runtime)
  return Result.ok({ width: image.width, height: image.height, palette, indices })
}

type Way = (image: Image, counted: CountedImage, colours: Uint32Array, runtime: PaletteRuntime) => Promise<Uint8Array>

const ways: Record<Dither, Way> = {
  async none(_image, counted, colours, { backend = js() }) {
    const opaque = areOpaque(counted.colours) && areOpaque(colours)
    const unit = await matchEnds(colours, pointsOf(counted.colours, opaque), backend)
    const indices = new Uint8Array(counted.of.length)
    for (let pixel = 0; pixel < indices.length; pixel++) indices[pixel] = unit[counted.of[pixel]]
    return indices
  },
  async 'floyd-steinberg'(image, _counted, colours, { signal }) {
    return floydSteinberg(image, colours, signal)
  },
  async 'blue-noise'(image, counted, colours, { signal }) {
    return blueNoiseDither(image, counted, colours, signal)
  },
}
