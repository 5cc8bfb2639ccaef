import { interpolateCividis, interpolateGreys, interpolateViridis } from 'd3-scale-chromatic'

/**
 * Perceptually uniform colour maps that are safe for colour-blind readers. `greys` prints on anything, with high values
 * dark.
 */
export const COLOUR_MAPS = ['viridis', 'cividis', 'greys'] as const
export type ColourMap = (typeof COLOUR_MAPS)[number]

/**
 * The first of `categoryColour`: clearly different colours for classes and clusters, also to colour-blind readers. They
 * are the scheme `muted` of P. Tol, Colour schemes, SRON/EPS technical note 09-002, 2021, the likest ones far from one
 * another.
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

/** The colour of everything without its own. */
export const OTHER = '#bbbbbb'

const interpolators: Record<ColourMap, (share: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  // Starts at a light grey, so that an empty cell does not look like a low one.
  greys: (share) => interpolateGreys(0.25 + 0.7 * share),
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
  return toHex(interpolators[checkColours(map)](share))
}

/**
 * Throws where there is no such colour map; gives it back otherwise. Options come from users of plain JavaScript too.
 */
export function checkColours(map: ColourMap): ColourMap {
  if (COLOUR_MAPS.includes(map)) return map
  throw new RangeError(`colours: expected one of ${COLOUR_MAPS.join(', ')}, found ${map}`)
}

/** d3 gives some colours as `#rrggbb` and others as `rgb(r, g, b)`. */
function toHex(colour: string): string {
  const channels = colour.match(/\d+/g)
  if (colour.startsWith('#') || channels === null) return colour
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
}

/**
 * The colour of readable text on `colour`: near-black or white, whichever has the higher contrast (WCAG 2 relative
 * luminance).
 */
export function inkOn(colour: string): string {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 ? '#222222' : '#ffffff'
}
