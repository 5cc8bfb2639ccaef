import type { PackedColour } from './colour/packed-colour.ts'
import { unpack } from './colour/packed-colour.ts'

/** One colour of a palette, in 8-bit sRGB. */
export interface PaletteColour {
  readonly red: number
  readonly green: number
  readonly blue: number
  /** 0 is clear, 255 is opaque. */
  readonly alpha: number
  /** The share of pixels nearest to this colour. */
  readonly share: number
}

/** Colours in map order: each is similar to its neighbours. */
export interface Palette {
  /** 1, or the rows of the grid. */
  readonly rows: number
  readonly columns: number
  /** rows × columns, row by row. */
  readonly colours: readonly PaletteColour[]
}

/** A palette from packed colours and their shares. */
export function paletteOf(colours: Uint32Array, shares: Float64Array, rows = 1): Palette {
  return {
    rows,
    columns: colours.length / rows,
    colours: Array.from(colours, (colour, i) => {
      const [red, green, blue, alpha] = unpack(colour)
      return { red, green, blue, alpha, share: shares[i] }
    }),
  }
}

/** `#rrggbb`, or `#rrggbbaa` if it is not opaque. */
export function hexOf({ red, green, blue, alpha }: Omit<PaletteColour, 'share'>): string {
  const bytes = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha]
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** A palette's colours, packed. */
export function packedColours(palette: Palette): Uint32Array {
  return Uint32Array.from(
    palette.colours,
    ({ red, green, blue, alpha }): PackedColour => (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0,
  )
}
