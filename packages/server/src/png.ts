import { Refused } from './problem.ts'

/** The most pixels of a PNG: a picture is decoded whole. */
const MOST_PIXELS = 16_000_000
/** Dots per inch of an unscaled SVG. */
const USUAL = 96

/** A drawing as a PNG on white, `width` px wide; its own size by default. Throws a `Refused` if that is too large. */
export async function pngOf(svg: string, width?: number): Promise<Uint8Array> {
  // Loaded only when needed: it is megabytes.
  const { default: sharp } = await import('sharp')
  const own = await sharp(Buffer.from(svg), { limitInputPixels: false }).metadata()
  const scale = width === undefined ? 1 : width / own.width
  const pixels = Math.round(own.width * scale) * Math.round(own.height * scale)
  if (pixels > MOST_PIXELS) {
    const message = `expected a picture of at most ${MOST_PIXELS} px in all, found ${pixels}; choose a smaller width`
    throw new Refused(413, [{ path: 'width', message }])
  }
  const density = Math.min(2400, Math.max(1, USUAL * scale))
  return sharp(Buffer.from(svg), { density, limitInputPixels: 4 * MOST_PIXELS })
    .flatten({ background: '#ffffff' })
    .resize({ ...(width !== undefined && { width }) })
    .png()
    .toBuffer()
}
