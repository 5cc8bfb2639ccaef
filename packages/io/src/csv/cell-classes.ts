import { TIME_FORMS } from '@som/core'
import { NUMBER_FORMS } from '../cell/cell-number.ts'
import { MISSING_MARKERS } from '../cell/missing.ts'
import type { MissingWords } from '../cell/missing-words.ts'
import { type Database, quoted } from '../duckdb.ts'

/** What a cell of text can be, by its place in this list: the rule of `cellNumber`, for SQL. */
const CLASSES = [
  'missing',
  'whole',
  'point',
  'unsurePoint',
  'infinite',
  'comma',
  'unsureComma',
  'flag',
  'time',
  'text',
] as const

export type CellClass = (typeof CLASSES)[number]

/** How many cells of a column are of each class, and the first row of each. */
export type Classes = Readonly<Record<CellClass, { readonly count: number; readonly row: number }>>

/** A cell without the spaces around it, as SQL. */
export const trimmed = (cell: string): string => `trim(${cell}, E' \\t\\r\\n')`

/** As `cellNumber` where points are decimal: DuckDB alone would read `1_000` and skip other spaces too. */
export const asNumber = (cell: string): string => `TRY_CAST(translate(${cell}, E'_\\x0b\\x0c', 'xxx') AS DOUBLE)`

/** Whether a cell of text means that there is no value, as SQL. */
export const missing = (cell: string): string =>
  `lower(${trimmed(cell)}) IN ('', ${MISSING_MARKERS.map(quoted).join(', ')})`

/** As `isWord` of a text cell, as SQL. */
export const isWordText = (cell: string, { texts, numbers }: MissingWords): string => {
  const alike = `${trimmed(cell)} IN (${[...texts].map(quoted).join(', ')})`
  return numbers.size === 0
    ? alike
    : `(${alike} OR coalesce(${isWordNumber(asNumber(cell), { texts, numbers })}, false))`
}

/** As `isWord` of a number, as SQL. */
export const isWordNumber = (number: string, { numbers }: MissingWords): string =>
  numbers.size === 0 ? 'false' : `${number} IN (${[...numbers].map((word) => `${word}::DOUBLE`).join(', ')})`

export const asFlag = (cell: string): string =>
  `CASE lower(${trimmed(cell)}) WHEN 'true' THEN 1::DOUBLE WHEN 'false' THEN 0::DOUBLE END`

/** As `secondsOfText`. DuckDB wants seconds before a zone, and no space. */
export const asSeconds = (cell: string): string => {
  const day = `regexp_replace(regexp_replace(${trimmed(cell)}, ' (Z|[+-])', '\\1'), '([T ][0-9]{1,2}:[0-9]{2})(Z|[+-])', '\\1:00\\2')`
  return `CASE WHEN ${is(cell, TIME_FORMS.clock)} THEN epoch(TRY_CAST(${trimmed(cell)} AS TIME))
    WHEN ${is(cell, TIME_FORMS.day)} THEN epoch(TRY_CAST(${day} AS TIMESTAMPTZ)) END`
}

const is = (cell: string, form: string): string => `regexp_full_match(${trimmed(cell)}, ${quoted(form)})`

/** The class of a cell, as SQL; `number` is its number where points are decimal. */
const classOf = (cell: string, number: string): string => {
  const found: Record<CellClass, string> = {
    missing: `${cell} IS NULL OR ${missing(cell)}`,
    unsurePoint: `isfinite(${number}) AND ${is(cell, NUMBER_FORMS.unsurePoint)}`,
    point: `isfinite(${number}) AND contains(${cell}, '.')`,
    whole: `isfinite(${number})`,
    infinite: `isinf(${number})`,
    unsureComma: is(cell, NUMBER_FORMS.unsureComma),
    comma: is(cell, NUMBER_FORMS.comma),
    flag: `${asFlag(cell)} IS NOT NULL`,
    time: `${asSeconds(cell)} IS NOT NULL`,
    text: 'true',
  }
  const cases = Object.entries(found).map(([name, when]) => `WHEN ${when} THEN ${CLASSES.indexOf(name as CellClass)}`) // the keys of `found` are the classes
  return `CASE ${cases.join(' ')} END`
}

/** Columns looked at in one query: DuckDB's time to plan one grows faster than its columns. */
const BATCH = 64

/** What the cells of some columns of the relation `from` are, whose columns are text called c0, c1, … */
export async function classesIn(db: Database, from: string, columns: readonly number[]): Promise<Classes[]> {
  const all: Classes[] = []
  for (let at = 0; at < columns.length; at += BATCH) {
    const batch = columns.slice(at, at + BATCH)
    const looks = batch.flatMap((i) =>
      CLASSES.map((_, k) => `count_if(k${i} = ${k}), coalesce(min(CASE WHEN k${i} = ${k} THEN r END), 0)`),
    )
    const numbers = batch.map((i) => `c${i}, ${asNumber(`c${i}`)} AS n${i}`)
    const classes = batch.map((i) => `${classOf(`c${i}`, `n${i}`)} AS k${i}`)
    const row = await db.row(
      `SELECT ${looks.join(', ')} FROM (SELECT r, ${classes.join(', ')} FROM (SELECT row_number() OVER () AS r, ${numbers.join(', ')} FROM ${from}))`,
    )
    for (const j of batch.keys()) all.push(toClasses(row.slice(j * 2 * CLASSES.length, (j + 1) * 2 * CLASSES.length)))
  }
  return all
}

function toClasses(row: readonly unknown[]): Classes {
  const found = CLASSES.map((name, k) => [name, { count: Number(row[2 * k]), row: Number(row[2 * k + 1]) }])
  return Object.fromEntries(found) as Classes // every class has its entry
}
