import { isClear, isOpaque, type PackedColour } from './packed-colour.ts'

/** The palette entries that pixels may take, by their transparency. */
export interface SameEnds {
  /** For clear pixels: the clear colours, or all if there are none. */
  readonly clear: Uint32Array
  /** For opaque pixels: the opaque colours, or all if there are none. */
  readonly opaque: Uint32Array
  /** For all others. */
  readonly between: Uint32Array
}

/** Splits a palette so that clear pixels stay clear and opaque pixels stay opaque. */
export function sameEnds(palette: Uint32Array): SameEnds {
  const between = Uint32Array.from(palette.keys())
  const those = (is: (colour: PackedColour) => boolean): Uint32Array => {
    const found = between.filter((place) => is(palette[place]))
    return found.length > 0 ? found : between
  }
  return { clear: those(isClear), opaque: those(isOpaque), between }
}

/** The entries that a pixel with this alpha, 0 to 255, may take. */
export function endOf(alpha: number): keyof SameEnds {
  return alpha === 0 ? 'clear' : alpha === 255 ? 'opaque' : 'between'
}
