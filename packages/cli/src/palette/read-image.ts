import { stat } from 'node:fs/promises'
import type { Issue } from '@som/core'
import type { Image } from '@som/recipes'
import Result from 'true-myth/result'
import { gammaToSrgb, pngGamma } from './png-gamma.ts'

/** Decoded, this many pixels take 400 MB. */
const MOST_PIXELS = 1e8

/** An image, and what was made of it on the way. */
export interface ReadImage {
  readonly image: Image
  /** How many there are in the file; the first is taken. */
  readonly frames: number
}

/**
 * Reads an image as sRGB of 8 bits with alpha, upright. Profiles, the gamma of a PNG, CMYK, greys and 16 bits a channel are converted; of an animation or of several pages the first is taken.
 * What is not an image, is broken or is too large is an issue.
 */
export async function readImage(path: string): Promise<Result<ReadImage, readonly Issue[]>> {
  const refuse = (message: string): Result<ReadImage, readonly Issue[]> => Result.err([{ path, message }])
  const missing = await whyNotThere(path)
  if (missing !== null) return refuse(missing)
  // Loaded where it is wanted: it is megabytes.
  const { default: sharp } = await import('sharp')
  try {
    const { width = 0, height = 0, pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata()
    if (width * height > MOST_PIXELS)
      return refuse(`expected at most ${MOST_PIXELS / 1e6} million pixels, found ${width} x ${height}; make it smaller`)
    const { data, info } = await sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const gamma = await pngGamma(path)
    if (gamma !== null) gammaToSrgb(data, gamma)
    return Result.ok({ image: { width: info.width, height: info.height, data }, frames: pages })
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
    return refuse(
      /unsupported image format/.test(reason)
        ? 'expected an image (JPEG, PNG, WebP, AVIF, GIF, TIFF or SVG), found something else'
        : `expected an image that can be read, found a broken one: ${reason}`,
    )
  }
}

async function whyNotThere(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? 'expected an image, found a folder' : null
  } catch {
    return 'expected an image, found no file by this name that can be read; check the path'
  }
}
