/** Dots an inch where an SVG has 96: twice as fine. */
const DENSITY = 192

/** A drawing as a PNG of twice its size in px, on white. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  // Loaded where it is wanted: it is megabytes.
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { density: DENSITY })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 9 })
    .toBuffer()
}
