import { interpolateCividis, interpolateGreys, interpolateViridis } from 'd3-scale-chromatic'

/** Colour maps that are even to the eye and safe for colour-blind readers. */
export const PALETTES = ['viridis', 'cividis', 'greys'] as const
export type PaletteName = (typeof PALETTES)[number]

const LEVELS = 256
const interpolators: Readonly<Record<PaletteName, (share: number) => string>> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  greys: (share) => interpolateGreys(0.25 + 0.7 * share),
}
const made = new Map<PaletteName, readonly string[]>()

/** Colours of a palette from low to high. */
export function coloursOf(name: PaletteName): readonly string[] {
  const known = made.get(name)
  if (known !== undefined) return known
  const colours = Array.from({ length: LEVELS }, (_, level) => interpolators[name](level / (LEVELS - 1)))
  made.set(name, colours)
  return colours
}

/** The place of each value among so many colours, from the least to the greatest; -1 for what is not a number. */
export function levelsOf(values: ArrayLike<number>, range: readonly [number, number], colours: number): Int16Array {
  const [least, greatest] = range
  const scale = greatest > least ? (colours - 1) / (greatest - least) : 0
  const levels = new Int16Array(values.length)
  for (let i = 0; i < levels.length; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) levels[i] = -1
    else if (scale === 0) levels[i] = colours >> 1
    else levels[i] = Math.max(0, Math.min(colours - 1, Math.round((value - least) * scale)))
  }
  return levels
}

/** The least and the greatest of the finite values; NaN twice where there are none. */
export function rangeOf(values: ArrayLike<number>): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) continue
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return least <= greatest ? [least, greatest] : [Number.NaN, Number.NaN]
}
