import { extentOf } from '../numbers/extent.ts'
import { robustExtent } from '../numbers/robust-extent.ts'
import { type ColourMap, checkColours, paletteOf } from './colour.ts'
import { logTicksOf, plainNumber, type Tick, ticksOf } from './ticks.ts'

/** How values are laid over colours: evenly, by their order, or by their logarithms. */
export const SCALES = ['linear', 'quantile', 'log'] as const
export type Scale = (typeof SCALES)[number]

/** How values become colours. */
export interface ScaleOptions {
  /** `linear`. `quantile` gives as many cells to each colour; `log` is for values above 0. */
  readonly scale?: Scale
  /**
   * Values at the ends of the colours, the lower first: the least and the greatest value, without a few far ones that
   * would leave the rest one colour.
   */
  readonly range?: readonly [number, number]
}

/** Values that are not within the range of the colours, and have the colour at its end. */
export interface Beyond {
  readonly count: number
  /** The one farthest from the range. */
  readonly farthest: number
}

/** Colours for the values of a plot. */
export interface ColourScale {
  readonly map: ColourMap
  /** Values at the ends of the colours; NaN both where no value is finite. */
  readonly least: number
  readonly greatest: number
  /** `#rrggbb` from the least to the greatest value, evenly spaced. One colour where all values are the same. */
  readonly palette: readonly string[]
  /** Place of a finite value among the colours, from 0 to 1. */
  shareOf(value: number): number
  /** Position of a value in the palette; -1 where the value is not finite. */
  levelOf(value: number): number
  /** Values to be written beneath `width` px of the colours. */
  ticks(width: number): Tick[]
  readonly below: Beyond | null
  readonly above: Beyond | null
}

/** Cells of a plot beyond which fewer colours do, so that runs of one colour are longer and the file smaller. */
const MANY_CELLS = 1600
const LEVELS = { few: 64, many: 256 }

/**
 * A scale over the finite ones among `values`; `include` is in its range where no range is given. Throws where an
 * option is not, or where there is no value above 0 for a `log` scale: `name` is then what the values are called.
 */
export function colourScale(
  values: ArrayLike<number>,
  map: ColourMap,
  options: ScaleOptions & { readonly include?: number; readonly name?: string } = {},
): ColourScale {
  checkColours(map)
  const kind = checkScale(options.scale ?? 'linear')
  const range = options.range === undefined ? undefined : checkRange(options.range, kind)
  const usable = kind === 'log' ? positive(values, options.name) : values
  const own = range ?? rangeOf(usable, kind, options.include)
  const { least, greatest } = own
  const levels = values.length > MANY_CELLS ? LEVELS.few : LEVELS.many
  const { share, ticks } = kinds[kind](own, values)
  // A range so small that half of it is none is that of values which are all the same.
  const constant = !(greatest / 2 - least / 2 > 0)
  const shareOf = (value: number): number => (constant ? 0.5 : Math.min(1, Math.max(0, share(value))))
  return {
    map,
    least,
    greatest,
    palette: constant ? [paletteOf(map, 3)[1]] : paletteOf(map, levels),
    shareOf,
    levelOf: (value) => {
      if (!Number.isFinite(value)) return -1
      return constant ? 0 : Math.min(levels - 1, Math.floor(shareOf(value) * levels))
    },
    ticks,
    below: beyond(values, (value) => value < least),
    above: beyond(values, (value) => value > greatest),
  }
}

interface Range {
  readonly least: number
  readonly greatest: number
}

interface Kind {
  /** Where in the range a value lies: from 0 to 1, less or more where it is beyond. */
  readonly share: (value: number) => number
  readonly ticks: (width: number) => Tick[]
}

const kinds: Record<Scale, (range: Range, values: ArrayLike<number>) => Kind> = {
  linear: ({ least, greatest }, values) => ({
    // Halved, so that the range of the largest numbers there are stays finite.
    share: (value) => (value / 2 - least / 2) / (greatest / 2 - least / 2),
    ticks: (width) => ticksOf(least, greatest, width, areWhole(values)),
  }),
  log: ({ least, greatest }) => ({
    share: (value) => (value > 0 ? (Math.log(value) - Math.log(least)) / (Math.log(greatest) - Math.log(least)) : 0),
    ticks: (width) => logTicksOf(least, greatest, width),
  }),
  quantile: ({ least, greatest }, values) => {
    const sorted = Float64Array.from(values)
      .filter((value) => value >= least && value <= greatest)
      .sort()
    return {
      share: (value) => (value <= least ? 0 : value >= greatest ? 1 : place(sorted, value)),
      ticks: () =>
        sorted.length === 0
          ? []
          : distinct([0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))])),
    }
  },
}

const distinct = (values: readonly number[]): Tick[] =>
  [...new Set(values)].map((value) => ({ value, text: plainNumber(value) }))

/** Where a value stands in the order, from 0 to 1: the middle of those that are the same. */
function place(sorted: Float64Array, value: number): number {
  return (firstAt(sorted, (other) => other >= value) + firstAt(sorted, (other) => other > value)) / (2 * sorted.length)
}

/** Position of the first for which `holds`, which holds for all after it. */
function firstAt(sorted: Float64Array, holds: (value: number) => boolean): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(sorted[middle])) to = middle
    else from = middle + 1
  }
  return from
}

function rangeOf(values: ArrayLike<number>, kind: Scale, include: number | undefined): Range {
  const { least, greatest } = kind === 'linear' ? robustExtent(values) : extentOf(values)
  return include === undefined || Number.isNaN(least)
    ? { least, greatest }
    : { least: Math.min(least, include), greatest: Math.max(greatest, include) }
}

function areWhole(values: ArrayLike<number>): boolean {
  return Array.prototype.every.call(values, (value: number) => !Number.isFinite(value) || Number.isInteger(value))
}

function beyond(values: ArrayLike<number>, is: (value: number) => boolean): Beyond | null {
  const found = Array.from(values).filter((value) => Number.isFinite(value) && is(value))
  if (found.length === 0) return null
  const { least, greatest } = extentOf(found)
  return { count: found.length, farthest: is(Number.NEGATIVE_INFINITY) ? least : greatest }
}

/** Values that have a logarithm. */
function positive(values: ArrayLike<number>, name: string | undefined): number[] {
  const finite = Array.from(values).filter(Number.isFinite)
  const found = finite.filter((value) => value > 0)
  if (finite.length > 0 && found.length === 0) {
    throw new RangeError(`scale: expected values above 0 for log, found none${name === undefined ? '' : ` in ${name}`}`)
  }
  return found
}

function checkScale(scale: Scale): Scale {
  // Options come from users of plain JavaScript too.
  if (SCALES.includes(scale)) return scale
  throw new RangeError(`scale: expected one of ${SCALES.join(', ')}, found ${scale}`)
}

/** What a range looks like as text. */
export const RANGE_FORM = 'two numbers with a comma between, the lower first'

/** A range of `0,1` and the like; null for anything else. */
export function rangeFrom(text: string): [number, number] | null {
  const [least, greatest, ...rest] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return rest.length === 0 && areRange(least, greatest) ? [least, greatest] : null
}

const areRange = (least: number | undefined, greatest: number | undefined): boolean =>
  Number.isFinite(least) && Number.isFinite(greatest) && Number(least) < Number(greatest)

function checkRange(range: readonly number[], kind: Scale): Range {
  const [least, greatest] = Array.isArray(range) ? range : []
  if (range.length !== 2 || !areRange(least, greatest)) {
    throw new RangeError(`range: expected two numbers, the lower first, found ${range}`)
  }
  if (kind === 'log' && least <= 0) {
    throw new RangeError(`range: expected numbers above 0 for the scale log, found ${range}`)
  }
  return { least, greatest }
}
