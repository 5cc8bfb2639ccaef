import { interpolateCividis, interpolateGreys, interpolateViridis } from 'd3-scale-chromatic'

/** Colour maps that are even to the eye and safe for colour-blind readers. `greys` prints on anything, the high values dark. */
export const COLOUR_MAPS = ['viridis', 'cividis', 'greys'] as const
export type ColourMap = (typeof COLOUR_MAPS)[number]

/** Cells without a value: paler than any colour of the maps. */
export const MISSING = '#f0f0f0'

/**
 * Clearly different colours for classes and clusters, also to colour-blind readers. They are the scheme `muted` of
 * P. Tol, Colour schemes, SRON/EPS technical note 09-002, 2021, the likest ones far from one another.
 */
export const CATEGORIES: readonly string[] = [
  '#88ccee',
  '#cc6677',
  '#117733',
  '#ddcc77',
  '#332288',
  '#44aa99',
  '#aa4499',
  '#999933',
  '#882255',
]

/** What has no colour of its own. */
export const OTHER = '#bbbbbb'

/** The colour of the `i`-th class or cluster; they come round again after the last. */
export function categoryColour(i: number): string {
  return CATEGORIES[i % CATEGORIES.length]
}

const interpolators: Record<ColourMap, (share: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  // From a light grey, so that an empty cell is not taken for a low one.
  greys: (share) => interpolateGreys(0.25 + 0.7 * share),
}

/** Colours for the values of a plot, over the range of those that are finite. */
export interface ColourScale {
  /** Least and greatest finite value; NaN both where there is none. */
  readonly least: number
  readonly greatest: number
  /** `#rrggbb` from the least to the greatest value, evenly spaced. One colour where all values are the same. */
  readonly palette: readonly string[]
  /** Position of a value in the palette; -1 where the value is not finite. */
  levelOf(value: number): number
}

/** Cells of a plot beyond which fewer colours do, so that runs of one colour are longer and the file smaller. */
const MANY_CELLS = 1600
const LEVELS = { few: 64, many: 256 }

/** A scale over the finite ones among `values`. `from` and `to` set the range in place of theirs. */
export function colourScale(
  values: ArrayLike<number>,
  map: ColourMap,
  range: { readonly from?: number; readonly to?: number } = {},
): ColourScale {
  const extent = extentOf(values)
  const least = range.from ?? extent.least
  const greatest = range.to ?? extent.greatest
  const levels = values.length > MANY_CELLS ? LEVELS.few : LEVELS.many
  // Halved, so that the range of the largest numbers there are stays finite. That of the smallest may vanish: then they are all the same.
  const half = greatest / 2 - least / 2
  const constant = !(half > 0)
  const palette = constant ? [colourAt(map, 0.5)] : paletteOf(map, levels)
  return {
    least,
    greatest,
    palette,
    levelOf: (value) => {
      if (!Number.isFinite(value)) return -1
      if (constant) return 0
      const share = (value / 2 - least / 2) / half
      return Math.min(levels - 1, Math.max(0, Math.floor(share * levels)))
    },
  }
}

/** `#rrggbb` at `levels` even steps of a colour map. */
export function paletteOf(map: ColourMap, levels: number): string[] {
  return Array.from({ length: levels }, (_, level) => colourAt(map, level / (levels - 1)))
}

/** Red, green and blue of `#rrggbb`, 0 to 255 each. */
export function channelsOf(colour: string): [number, number, number] {
  const code = Number.parseInt(colour.slice(1), 16)
  return [code >> 16, (code >> 8) & 255, code & 255]
}

function colourAt(map: ColourMap, share: number): string {
  // Options come from users of plain JavaScript too.
  if (!COLOUR_MAPS.includes(map))
    throw new RangeError(`colours: expected one of ${COLOUR_MAPS.join(', ')}, found ${map}`)
  return toHex(interpolators[map](share))
}

/** d3 gives some colours as `#rrggbb` and others as `rgb(r, g, b)`. */
function toHex(colour: string): string {
  const channels = colour.match(/\d+/g)
  if (colour.startsWith('#') || channels === null) return colour
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
}

/** Least and greatest of the finite values; NaN both where there is none. */
export function extentOf(values: ArrayLike<number>): { least: number; greatest: number } {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    if (values[i] < least) least = values[i]
    if (values[i] > greatest) greatest = values[i]
  }
  return least <= greatest ? { least, greatest } : { least: Number.NaN, greatest: Number.NaN }
}

/** The colour of text that can be read on `colour`: near-black or white, whichever has the higher contrast (WCAG 2 relative luminance). */
export function inkOn(colour: string): string {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 ? '#222222' : '#ffffff'
}
