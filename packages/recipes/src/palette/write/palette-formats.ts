import { areOpaque, pointsOf } from '../colour/packed-colour.ts'
import { hexOf, type Palette, packedColours } from '../palette.ts'
import { encodeIndexedPng } from './encode-indexed-png.ts'

/** A palette as a file; `name` is the title that programs show. */
export type PaletteFormat = (palette: Palette, name: string) => Promise<string | Uint8Array> | string | Uint8Array

/** Every palette file format, by file extension. A new one is a row here. */
export const PALETTE_FORMATS: Readonly<Record<'png' | 'css' | 'json' | 'gpl' | 'ase', PaletteFormat>> = {
  png: swatch,
  css,
  json,
  gpl,
  ase,
}

/** Width of a row of swatches, and the least and the greatest side of one, in px. */
const ROW_WIDTH = 1024
const LEAST = 4
const MOST = 64

/** One tile per colour, in map order. */
function swatch(palette: Palette): Promise<Uint8Array> {
  const { rows, columns } = palette
  const side = Math.max(LEAST, Math.min(MOST, Math.floor(ROW_WIDTH / columns)))
  const high = rows === 1 ? MOST : side
  const [width, height] = [columns * side, rows * high]
  const indices = Uint8Array.from(
    { length: width * height },
    (_, i) => Math.floor(i / width / high) * columns + Math.floor((i % width) / side),
  )
  return encodeIndexedPng({ width, height, palette, indices })
}

/** CSS custom properties. */
function css({ colours }: Palette): string {
  return `:root {\n${colours.map((colour, i) => `  --colour-${i + 1}: ${hexOf(colour)};\n`).join('')}}\n`
}

/** Everything that is known of each colour. */
function json(palette: Palette, name: string): string {
  const packed = packedColours(palette)
  const { data } = pointsOf(
    packed.map((colour) => (colour | 0xff000000) >>> 0),
    true,
  )
  const colours = palette.colours.map((colour, i) => ({
    hex: hexOf(colour),
    ...colour,
    oklab: Array.from(data.subarray(3 * i, 3 * i + 3)),
  }))
  const { rows, columns } = palette
  return `${JSON.stringify({ name, rows, columns, opaque: areOpaque(packed), colours }, null, 2)}\n`
}

/** A GIMP palette, which Inkscape, Krita and Aseprite read too. It has no alpha. */
function gpl({ columns, colours }: Palette, name: string): string {
  const lines = colours.map(
    (colour, i) =>
      `${[colour.red, colour.green, colour.blue].map((byte) => String(byte).padStart(3)).join(' ')}\t${i + 1} ${hexOf(colour)}`,
  )
  return `GIMP Palette\nName: ${name.replaceAll(/[\r\n]+/g, ' ')}\nColumns: ${columns}\n#\n${lines.join('\n')}\n`
}

const COLOUR_ENTRY = 1
const NORMAL = 2

/**
 * Adobe Swatch Exchange: big-endian, one block per colour with its name in UTF-16 and RGB as floats. It has no alpha.
 */
function ase({ colours }: Palette): Uint8Array {
  const header = Buffer.alloc(12)
  header.write('ASEF', 'latin1')
  header.writeUInt16BE(1, 4)
  header.writeUInt32BE(colours.length, 8)
  const blocks = colours.map((colour) => {
    const name = Buffer.from(`${hexOf(colour)}\0`, 'utf16le').swap16()
    const block = Buffer.alloc(6 + 2 + name.length + 4 + 12 + 2)
    block.writeUInt16BE(COLOUR_ENTRY, 0)
    block.writeUInt32BE(block.length - 6, 2)
    block.writeUInt16BE(name.length / 2, 6)
    name.copy(block, 8)
    const at = block.write('RGB ', 8 + name.length, 'latin1') + 8 + name.length
    for (const [i, byte] of [colour.red, colour.green, colour.blue].entries())
      block.writeFloatBE(byte / 255, at + 4 * i)
    block.writeUInt16BE(NORMAL, at + 12)
    return block
  })
  return Buffer.concat([header, ...blocks])
}
