import { isClear, isOpaque, type PackedColour } from './packed-colour.ts'

/** The places of a palette that pixels may take, by how much shines through them. */
export interface SameEnds {
  /** For clear pixels: the clear colours, all where there is none. */
  readonly clear: Uint32Array
  /** For opaque pixels: the opaque colours, all where there is none. */
  readonly opaque: Uint32Array
  /** For all others. */
  readonly between: Uint32Array
}

/** Splits a palette so that what is clear stays clear, and what is opaque stays opaque. */
export function sameEnds(palette: Uint32Array): SameEnds {
  const between = Uint32Array.from(palette.keys())
  const those = (is: (colour: PackedColour) => boolean): Uint32Array => {
    const found = between.filter((place) => is(palette[place]))
    return found.length > 0 ? found : between
  }
  return { clear: those(isClear), opaque: those(isOpaque), between }
}

/** Which of them a pixel of this alpha, 0 to 255, may take. */
export function endOf(alpha: number): keyof SameEnds {
  return alpha === 0 ? 'clear' : alpha === 255 ? 'opaque' : 'between'
}
