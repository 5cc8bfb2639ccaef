/** Where a feature's numbers come from when they are not a column of numbers: kept in the Som, so that new rows are treated alike. */
export type FeatureSource =
  | {
      readonly column: string
      /** 1 where the cell is this level, 0 where it is another level of training, missing where it is missing or new. */
      readonly level: string
    }
  | { readonly column: string; readonly time: TimePart }

const DAY = 86_400
/** Lengths of the cycles in seconds; the year is the Gregorian calendar's mean one. */
const LENGTHS: Readonly<Record<Cycle, number>> = { day: DAY, week: 7 * DAY, year: 365.2425 * DAY }

export type Cycle = 'day' | 'week' | 'year'
/** What can be made of a time: the number of days since the start of 1970 (UTC), or a place on a cycle. */
export type TimeUse = 'number' | Cycle
export const TIME_USES: readonly TimeUse[] = ['number', 'day', 'week', 'year']

/** A cycle is two features, sine and cosine, so that its end lies beside its beginning. */
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

/** The features that one use of a time gives. */
export function partsOf(use: TimeUse): readonly TimePart[] {
  return use === 'number' ? ['days'] : [`${use}-sine`, `${use}-cosine`]
}

/** A part of the time that lies `seconds` after the start of 1970 (UTC); NaN for NaN. */
export function fromTime(part: TimePart, seconds: number): number {
  return parts[part](seconds)
}

/** How a feature made of a column is called: `species=Adelie`, `when`, `when day-sine`. */
export function sourceName(source: FeatureSource): string {
  if ('level' in source) return `${source.column}=${source.level}`
  return source.time === 'days' ? source.column : `${source.column} ${source.time}`
}

/** Whether numbers made of a column have a scale of their own, 0 to 1 or -1 to 1, that preprocessing leaves as it is. */
export function hasScale(source: FeatureSource | undefined): boolean {
  return source !== undefined && ('level' in source || source.time !== 'days')
}

function turn(seconds: number, cycle: Cycle): number {
  return (2 * Math.PI * seconds) / LENGTHS[cycle]
}
