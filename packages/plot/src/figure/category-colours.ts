import { CATEGORIES, channelsOf, OTHER } from './colour.ts'
import { MISSING, PAPER } from './ink.ts'

/** Classes and clusters that have a colour of their own. More of them cannot be told apart by any colours. */
export const MOST_CATEGORIES = 256

/**
 * The colour of the `i`-th class or cluster: one of nine by P. Tol, then of those that are left the one farthest in
 * OKLab from all before it, from paper and from grey. They come round again after the last.
 */
export function categoryColour(i: number): string {
  const at = i % MOST_CATEGORIES
  while (found.length <= at) found.push(nextColour())
  return found[at]
}

const found: string[] = [...CATEGORIES]
let left: Candidate[] | null = null

interface Candidate {
  readonly colour: string
  readonly place: Place
  /** Squared distance to the nearest colour that is taken. */
  nearest: number
}

/** Lightness, and the axes from green to red and from blue to yellow. */
type Place = readonly [number, number, number]

function nextColour(): string {
  left ??= [...CATEGORIES, OTHER, sixDigits(PAPER), sixDigits(MISSING)].reduce(without, candidates())
  const farthest = left.reduce((best, one) => (one.nearest > best.nearest ? one : best))
  left = without(left, farthest.colour)
  return farthest.colour
}

const sixDigits = (colour: string): string => colour.replace(/[0-9a-f]/g, '$&$&')

/** With their distances to one more colour. */
function without(candidates: Candidate[], colour: string): Candidate[] {
  const [l, a, b] = okLab(colour)
  for (const one of candidates) {
    const [l2, a2, b2] = one.place
    one.nearest = Math.min(one.nearest, (l - l2) ** 2 + (a - a2) ** 2 + (b - b2) ** 2)
  }
  return candidates
}

/** Steps of lightness, chroma and hue; neither so dark nor so pale that a colour is lost beside ink or paper. */
const LIGHTNESS = { from: 0.36, to: 0.88, step: 0.04 }
const CHROMA = { from: 0.04, to: 0.28, step: 0.04 }
const HUES = 36

function candidates(): Candidate[] {
  const all: Candidate[] = []
  for (let l = LIGHTNESS.from; l <= LIGHTNESS.to; l += LIGHTNESS.step) {
    for (let c = CHROMA.from; c <= CHROMA.to; c += CHROMA.step) {
      for (let h = 0; h < HUES; h++) {
        const angle = (2 * Math.PI * h) / HUES
        const place: Place = [l, c * Math.cos(angle), c * Math.sin(angle)]
        const colour = hexOf(place)
        if (colour !== null) all.push({ colour, place, nearest: Number.POSITIVE_INFINITY })
      }
    }
  }
  return all
}

/** B. Ottosson, A perceptual color space for image processing, 2020. */
export function okLab(colour: string): Place {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** `#rrggbb`; null for what a screen cannot show. */
function hexOf([lightness, a, b]: Place): string | null {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  if (channels.some((channel) => channel < 0 || channel > 1)) return null
  return `#${channels
    .map((channel) => (channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055))
    .map((share) =>
      Math.round(255 * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
