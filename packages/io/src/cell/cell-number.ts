import { isMissing } from './missing.ts'

/** A number as tables write it: digits, a point, an exponent. Not `0x10`, not `1_000`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** The same with a comma for the point, where there is one. */
const WITH_COMMA = /^[+-]?(\d+(,\d+)?|,\d+)(e[+-]?\d+)?$/i
/** A comma that cannot separate thousands: not exactly three digits follow it. */
const SURE_COMMA = /^[+-]?\d*,(\d{1,2}|\d{4,})(e[+-]?\d+)?$/i
/** Spaces that may stand around a number; others, such as a no-break space, are part of a text. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g
const INFINITE = /^([+-]?)inf(inity)?$/i

/** Whether a cell is a number whose comma can only be a decimal comma. */
export const isSureComma = (cell: string): boolean => SURE_COMMA.test(cell.trim())

/** What a comma within a number is: a decimal comma, or, where that is only `sure`, one where it cannot separate thousands. */
export type Commas = 'decimal' | 'sure' | 'none'

/**
 * A cell of text as a number: NaN for a missing value, null for what is neither. This is the rule for every format and every door
 * (docs/design/tables.md); tables that DuckDB reads have the same rule in SQL (`csv/profile.ts`).
 */
export function cellNumber(text: string, commas: Commas): number | null {
  const cell = text.replace(AROUND, '')
  if (NUMBER.test(cell)) return Number(cell)
  if (isMissing(cell)) return Number.NaN
  const [, sign] = INFINITE.exec(cell) ?? []
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const isDecimal = commas === 'decimal' ? WITH_COMMA.test(cell) : commas === 'sure' && SURE_COMMA.test(cell)
  return isDecimal ? Number(cell.replace(',', '.')) : null
}

/** In a table whose cells are not separated by commas, a comma within a number is a decimal comma. */
export const commasBeside = (delimiter: string): Commas => (delimiter === ',' ? 'sure' : 'decimal')

/** What a comma is where its user says what comes before decimals; undefined where nothing is said. */
export function commasOf(decimal: '.' | ',' | undefined): Commas | undefined {
  if (decimal === undefined) return undefined
  return decimal === ',' ? 'decimal' : 'none'
}
