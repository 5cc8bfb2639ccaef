/** Dots per inch: twice the 96 of an SVG. */
const DENSITY = 192

/** A drawing as a PNG on white, with twice as many pixels per side. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  // Loaded only when needed: it is megabytes.
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { density: DENSITY })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 9 })
    .toBuffer()
}
