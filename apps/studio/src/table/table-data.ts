/** A column as the page holds it: numbers, or the place of each cell among its distinct texts. */
export interface ColumnData {
  readonly name: string
  readonly kind: 'number' | 'boolean' | 'time' | 'text' | 'empty'
  /** Share of cells without a value. */
  readonly missing: number
  /** NaN for a missing value; seconds since the start of 1970 for a time. Null for text. */
  readonly numbers: Float64Array | null
  /** Place in `levels` of each cell, -1 for a missing one. Null for numbers. */
  readonly codes: Int32Array | null
  readonly levels: readonly string[]
  /** Why it is not a feature unless somebody chooses it; null for a feature. */
  readonly leftOut: string | null
}

/** A whole table as the page holds it. */
export interface TableData {
  readonly name: string
  readonly rows: number
  readonly columns: readonly ColumnData[]
  readonly notes: readonly string[]
}

/** The text of a cell, as a table shows it. */
export function cellText({ numbers, codes, levels, kind }: ColumnData, row: number): string {
  if (codes !== null) return codes[row] < 0 ? '' : levels[codes[row]]
  const value = numbers?.[row] ?? Number.NaN
  if (Number.isNaN(value)) return ''
  if (kind === 'time' && Math.abs(value) <= MOST_SECONDS)
    return new Date(value * 1000).toISOString().replace('.000', '').replace('T', ' ').replace('Z', '')
  if (kind === 'boolean') return value === 1 ? 'true' : 'false'
  if (Number.isInteger(value)) return String(value)
  return Number.isFinite(value) ? String(Number(value.toPrecision(SHOWN_DIGITS))) : ''
}

/** The farthest second from 1970 that a date can be. */
const MOST_SECONDS = 8.64e12
/** Those of a 32-bit number, of which files have many. */
const SHOWN_DIGITS = 7

/** A number of things, in words. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** A number in at most five digits. */
export const shortNumber = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(5))) : ''
