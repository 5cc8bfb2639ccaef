import { trimCell } from '@som/core'
import { isMissing } from './missing.ts'

/**
 * How numbers are written, as regular expressions of a whole cell: digits, a decimal mark, an exponent. Not `0x10`, not
 * `1_000`. Only what JavaScript and RE2 read alike is used: the rule in SQL (`csv/cell-classes.ts`) is made of the
 * same.
 */
export const NUMBER_FORMS = {
  point: '[+-]?(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?',
  comma: '[+-]?\\d*,\\d+(?:[eE][+-]?\\d+)?',
  /** A point or a comma that may separate thousands as well as decimals. */
  unsurePoint: '[+-]?[1-9]\\d{0,2}\\.\\d{3}',
  unsureComma: '[+-]?[1-9]\\d{0,2},\\d{3}',
} as const

const whole = (form: string): RegExp => new RegExp(`^${form}$`)
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const POINT = whole(NUMBER_FORMS.point)
const COMMA = whole(NUMBER_FORMS.comma)
/** Numbers whose mark may separate thousands. */
export const UNSURE: Readonly<Record<keyof Proven, RegExp>> = {
  point: whole(NUMBER_FORMS.unsurePoint),
  comma: whole(NUMBER_FORMS.unsureComma),
}
const INFINITE = /^([+-]?)inf(inity)?$/i

/** When a mark within a number stands before decimals: always, only where it cannot separate thousands, or never. */
export type Mark = 'decimal' | 'sure' | 'never'

/** What points and commas within numbers are. */
export interface Decimals {
  readonly point: Mark
  readonly comma: Mark
}

/** Which marks some cell of a table shows to be decimal marks: `2.5` and `2,5` do, `2.500` and `2,500` do not. */
export interface Proven {
  readonly point: boolean
  readonly comma: boolean
}

export const NOTHING_PROVEN: Proven = { point: false, comma: false }
const LEARNED_COMMA: Proven = { point: false, comma: true }

/** What is proven once these cells have been seen. */
export function provenBy(cells: Iterable<unknown>, before: Proven = NOTHING_PROVEN): Proven {
  let { point, comma } = before
  for (const given of cells) {
    if (point && comma) break
    if (typeof given !== 'string') continue
    if (!point && given.includes('.')) {
      const cell = trimCell(given)
      point = POINT.test(cell) && !UNSURE.point.test(cell)
    } else if (!comma && given.includes(',')) {
      const cell = trimCell(given)
      comma = COMMA.test(cell) && !UNSURE.comma.test(cell)
    }
  }
  return point === before.point && comma === before.comma ? before : { point, comma }
}

/** What is known about marks besides the cells of a table. */
export interface DecimalsKnown {
  /** The decimal mark, as the user says. */
  readonly said?: '.' | ','
  /** The decimal mark of the text that a map was learned from, where it is a comma: for text that proves no mark. */
  readonly learned?: ','
}

/** The mark that the features of a map were learned with. */
export const learnedMark = (features: readonly { readonly decimal?: ',' }[] = []): ',' | undefined =>
  features.find(({ decimal }) => decimal !== undefined)?.decimal

/** The mark that a map keeps of the text that it is learned from: a comma, where the text proves it alone. */
export const markToLearn = ({ point, comma }: Proven, { said, learned }: DecimalsKnown = {}): ',' | undefined =>
  said !== undefined ? (said === ',' ? ',' : undefined) : comma && !point ? ',' : point ? undefined : learned

/**
 * What points and commas are in a table with `delimiter` between its cells, or as its user says. Where one mark is
 * proven to be decimal and the other is not, the other may separate thousands. Where commas separate cells, a comma
 * within a number is unsure until it is proven.
 */
export function decimalsOf(delimiter: string, proven: Proven, { said, learned }: DecimalsKnown = {}): Decimals {
  if (said !== undefined)
    return said === ',' ? { point: 'never', comma: 'decimal' } : { point: 'decimal', comma: 'never' }
  const { point, comma } = !proven.point && !proven.comma && learned === ',' ? LEARNED_COMMA : proven
  const isCommaSure = delimiter === ',' ? comma : comma || !point
  return { point: comma && !point ? 'sure' : 'decimal', comma: isCommaSure ? 'decimal' : 'sure' }
}

/**
 * A cell of text as a number: NaN for a missing value, null for what is neither; true is 1 and false 0. This is the
 * rule for every format and every door (docs/design/tables.md); tables that DuckDB reads have the same rule in SQL
 * (`csv/cell-classes.ts`).
 */
export const cellNumber = (text: string, decimals: Decimals): number | null =>
  plainNumber(text, decimals) ?? FLAGS[trimCell(text).toLowerCase()] ?? null

/** As `cellNumber`, though true and false are neither. */
export function plainNumber(text: string, { point, comma }: Decimals): number | null {
  const cell = trimCell(text)
  if (NUMBER.test(cell)) return point === 'decimal' || isDecimal(cell, '.', point, UNSURE.point) ? Number(cell) : null
  if (isMissing(cell)) return Number.NaN
  const [, sign] = INFINITE.exec(cell) ?? []
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return COMMA.test(cell) && isDecimal(cell, ',', comma, UNSURE.comma) ? Number(cell.replace(',', '.')) : null
}

/** Whether a number may be read whose mark is decimal as `mark` says. */
function isDecimal(cell: string, sign: string, mark: Mark, unsure: RegExp): boolean {
  if (mark === 'decimal' || !cell.includes(sign)) return true
  return mark === 'sure' && !unsure.test(cell)
}

/** Booleans as tables write them. */
const FLAGS: Readonly<Record<string, number | undefined>> = { true: 1, false: 0 }
