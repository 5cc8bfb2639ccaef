import { stat } from 'node:fs/promises'
import type { Issue } from '@som/core'
import type { Image } from '@som/recipes'
import Result from 'true-myth/result'
import { gammaToSrgb, pngGamma } from './png-gamma.ts'

/** This many pixels take 400 MB when decoded. */
const MOST_PIXELS = 1e8

/** A decoded image, with notes about its file. */
export interface ReadImage {
  readonly image: Image
  /** How many frames the file has; the first is used. */
  readonly frames: number
}

/**
 * Reads an image as upright 8-bit sRGB with alpha. Colour profiles, the gamma of a PNG, CMYK, greys and 16-bit channels
 * are converted; an animation or a file with several pages gives its first. A file that is not an image, is broken or
 * is too large is an issue.
 */
export async function readImage(path: string): Promise<Result<ReadImage, readonly Issue[]>> {
  const refuse = (message: string): Result<ReadImage, readonly Issue[]> => Result.err([{ path, message }])
  const missing = await whyNotThere(path)
  if (missing !== null) return refuse(missing)
  // Loaded only when needed: it is megabytes.
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
        : `cannot read the image: ${reason}`,
    )
  }
}

async function whyNotThere(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? 'expected an image, found a folder' : null
  } catch {
    return 'no such file, or no permission to read it; check the path'
  }
}
