import { open } from 'node:fs/promises'

const SIGNATURE = '89504e470d0a1a0a'
/** These chunks define the colours and override gAMA. */
const STRONGER = ['cICP', 'iCCP', 'sRGB']
/** Close enough to sRGB that no conversion is needed. */
const SRGB = 45455
/** The chunks before the pixels are far smaller than this many bytes. */
const MOST_CHUNKS = 1000

/**
 * The exponent of a PNG's `gAMA` chunk if it decides the colours and differs from sRGB; null otherwise and for other
 * files.
 */
export async function pngGamma(path: string): Promise<number | null> {
  const file = await open(path)
  try {
    const read = async (at: number, length: number): Promise<Buffer> =>
      (await file.read(Buffer.alloc(length), 0, length, at)).buffer
    if ((await read(0, 8)).toString('hex') !== SIGNATURE) return null
    let gamma: number | null = null
    for (let at = 8, chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      const head = await read(at, 12)
      const type = head.toString('latin1', 4, 8)
      if (STRONGER.includes(type)) return null
      if (type === 'gAMA') gamma = head.readUInt32BE(8)
      if (type === 'IDAT' || type === 'IEND' || type === '\0\0\0\0') break
      at += 12 + head.readUInt32BE(0)
    }
    return gamma === null || gamma === 0 || Math.abs(gamma - SRGB) < 1000 ? null : gamma / 1e5
  } finally {
    await file.close()
  }
}

/** Converts the red, green and blue of four-byte pixels, stored with this exponent, to sRGB. */
export function gammaToSrgb(data: Uint8Array, gamma: number): void {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => {
    const linear = (byte / 255) ** (1 / gamma)
    const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
    return Math.round(255 * encoded)
  })
  for (let at = 0; at < data.length; at++) if (at % 4 !== 3) data[at] = bytes[data[at]]
}
