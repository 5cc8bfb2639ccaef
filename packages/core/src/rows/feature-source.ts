/**
 * The source of a feature that is not a numeric column: stored in the Som, so that new rows are treated the same way.
 */
export type FeatureSource =
  | {
      readonly column: string
      /**
       * 1 if the cell has this level, 0 for another training level, missing if the cell is missing or its level is new.
       */
      readonly level: string
    }
  | { readonly column: string; readonly time: TimePart }

const DAY = 86_400
/** Lengths of the cycles in seconds; the year is the Gregorian calendar's mean one. */
const LENGTHS: Readonly<Record<Cycle, number>> = { day: DAY, week: 7 * DAY, year: 365.2425 * DAY }

export type Cycle = 'day' | 'week' | 'year'
/** The parts of a time: the number of days since the start of 1970 (UTC), or a position on a cycle. */
export type TimeUse = 'number' | Cycle
export const TIME_USES: readonly TimeUse[] = ['number', 'day', 'week', 'year']

/** A cycle becomes two features, sine and cosine, so that its end is next to its beginning. */
export type TimePart = 'days' | `${Cycle}-sine` | `${Cycle}-cosine`

export const TIME_PARTS: readonly TimePart[] = [
  'days',
  'day-sine',
  'day-cosine',
  'week-sine',
  'week-cosine',
  'year-sine',
  'year-cosine',
]

const parts: Readonly<Record<TimePart, (seconds: number) => number>> = {
  days: (seconds) => seconds / DAY,
  'day-sine': (seconds) => Math.sin(turn(seconds, 'day')),
  'day-cosine': (seconds) => Math.cos(turn(seconds, 'day')),
  'week-sine': (seconds) => Math.sin(turn(seconds, 'week')),
  'week-cosine': (seconds) => Math.cos(turn(seconds, 'week')),
  'year-sine': (seconds) => Math.sin(turn(seconds, 'year')),
  'year-cosine': (seconds) => Math.cos(turn(seconds, 'year')),
}

/** The features that one use of a time creates. */
export function partsOf(use: TimeUse): readonly TimePart[] {
  return use === 'number' ? ['days'] : [`${use}-sine`, `${use}-cosine`]
}

/** A part of the time `seconds` after the start of 1970 (UTC); NaN for NaN. */
export function fromTime(part: TimePart, seconds: number): number {
  return parts[part](seconds)
}

/** The name of a feature made from a column: `species=Adelie`, `when`, `when day-sine`. */
export function sourceName(source: FeatureSource): string {
  if ('level' in source) return `${source.column}=${source.level}`
  return source.time === 'days' ? source.column : `${source.column} ${source.time}`
}

/** Whether the numbers have their own scale, 0 to 1 or -1 to 1, which preprocessing leaves unchanged. */
export function hasScale(source: FeatureSource | undefined): boolean {
  return source !== undefined && ('level' in source || source.time !== 'days')
}

function turn(seconds: number, cycle: Cycle): number {
  return (2 * Math.PI * seconds) / LENGTHS[cycle]
}
