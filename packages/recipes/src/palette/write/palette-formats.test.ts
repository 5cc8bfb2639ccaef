import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pack } from '../colour/packed-colour.ts'
import { type Palette, paletteOf } from '../palette.ts'
import { encodeIndexedPng } from './encode-indexed-png.ts'
import { PALETTE_FORMATS } from './palette-formats.ts'

const palette = paletteOf(
  Uint32Array.of(pack(255, 0, 0, 255), pack(0, 128, 255, 128), pack(1, 2, 3, 255)),
  Float64Array.of(0.5, 0.25, 0.25),
)

/** The chunks of a PNG by their types. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  }
  return chunks
}

describe('an indexed PNG', () => {
  const encode = (colours: number): Promise<Uint8Array> => {
    const few: Palette = paletteOf(new Uint32Array(colours).fill(pack(9, 9, 9, 255)), new Float64Array(colours))
    return encodeIndexedPng({ width: 3, height: 2, palette: few, indices: Uint8Array.of(0, 1, 0, 1, 0, 1) })
  }

  it('holds its palette, alpha up to the last colour that has some, and the pixels', async () => {
    const indices = Uint8Array.of(0, 1, 2, 2, 1, 0)
    const chunks = chunksOf(await encodeIndexedPng({ width: 3, height: 2, palette, indices }))
    expect([...chunks.keys()]).toEqual(['IHDR', 'sRGB', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
    expect([...(chunks.get('PLTE') ?? [])]).toEqual([255, 0, 0, 0, 128, 255, 1, 2, 3])
    expect([...(chunks.get('tRNS') ?? [])]).toEqual([255, 128])
    expect([...inflateSync(chunks.get('IDAT') ?? '')]).toEqual([0, 0b00011000, 0, 0b10010000])
  })

  it.each([
    [2, 1],
    [3, 2],
    [16, 4],
    [17, 8],
    [256, 8],
  ])('of %i colours has %i bits a pixel', async (colours, bits) => {
    expect(chunksOf(await encode(colours)).get('IHDR')?.[8]).toBe(bits)
  })
})

describe('a palette as a file', () => {
  it('is CSS custom properties', async () => {
    expect(await PALETTE_FORMATS.css(palette, 'x')).toBe(
      ':root {\n  --colour-1: #ff0000;\n  --colour-2: #0080ff80;\n  --colour-3: #010203;\n}\n',
    )
  })

  it('is JSON with OKLab and shares', async () => {
    const { name, rows, columns, opaque, colours } = JSON.parse(String(await PALETTE_FORMATS.json(palette, 'x')))
    expect([name, rows, columns, opaque]).toEqual(['x', 1, 3, false])
    expect(colours[1]).toMatchObject({ hex: '#0080ff80', red: 0, green: 128, blue: 255, alpha: 128, share: 0.25 })
    expect(colours[0].oklab[0]).toBeCloseTo(0.628, 3)
  })

  it('is a GIMP palette, its name on one line', async () => {
    const lines = String(await PALETTE_FORMATS.gpl(palette, 'two\nlines')).split('\n')
    expect(lines.slice(0, 5)).toEqual(['GIMP Palette', 'Name: two lines', 'Columns: 3', '#', '255   0   0\t1 #ff0000'])
  })

  it('is an Adobe Swatch Exchange file: each block as long as it says, colours as floats', async () => {
    const bytes = Buffer.from(await PALETTE_FORMATS.ase(palette, 'x'))
    expect(bytes.toString('latin1', 0, 4)).toBe('ASEF')
    expect(bytes.readUInt32BE(8)).toBe(3)
    const ends = []
    for (let at = 12; at < bytes.length; at += 6 + bytes.readUInt32BE(at + 2)) ends.push(at)
    expect(ends).toHaveLength(3)
    const second = bytes.subarray(ends[1])
    const letters = second.readUInt16BE(6)
    expect(
      Buffer.from(second.subarray(8, 8 + 2 * letters))
        .swap16()
        .toString('utf16le'),
    ).toBe('#0080ff80\0')
    const at = 8 + 2 * letters
    expect(second.toString('latin1', at, at + 4)).toBe('RGB ')
    expect([4, 8, 12].map((offset) => second.readFloatBE(at + offset))).toEqual([0, Math.fround(128 / 255), 1])
  })

  it('is a PNG of one tile per colour', async () => {
    const chunks = chunksOf(Buffer.from(await PALETTE_FORMATS.png(palette, 'x')))
    const header = chunks.get('IHDR')
    expect([header?.readUInt32BE(0), header?.readUInt32BE(4)]).toEqual([192, 64])
  })
})
