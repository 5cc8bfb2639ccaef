import type { Commas } from '../cell/cell-number.ts'
import { ID } from '../cell/index-column.ts'
import { MISSING_MARKERS } from '../cell/missing.ts'
import type { Database } from '../duckdb.ts'
import { quoted } from '../duckdb.ts'
import type { Column } from '../table.ts'

/** A column with the SQL that gives its cells as DOUBLE, NULL where there is no number. */
export interface ProfiledColumn extends Column {
  readonly decimalComma: boolean
  readonly asNumber: string
  /** What the column is where commas in the table are known to be decimal. */
  readonly withCommas?: Pick<ProfiledColumn, 'kind' | 'decimalComma' | 'asNumber'> & { readonly odd?: undefined }
}

/** Looks at every cell of the relation `from`, whose columns are text called c0, c1, … */
export async function profile(
  db: Database,
  from: string,
  names: readonly string[],
  commas: Commas,
): Promise<{ rows: number; columns: ProfiledColumn[] }> {
  const { rows, filled, numbers, greatest } = await countNumbers(db, from, names.length)
  const unclear = names.map((_, i) => i).filter((i) => filled[i] !== numbers[i])
  const markers = await countMarkers(db, from, unclear)
  const others = unclear.filter((i, k) => filled[i] !== numbers[i] + markers[k])
  const odd = new Set(others)
  const plain = names.map((_, i) => i).filter((i) => !odd.has(i))
  const counters = await findCounters(
    db,
    from,
    rows,
    plain.filter((i) => numbers[i] === rows),
  )
  const ids = await findIds(
    db,
    from,
    plain.filter((i) => greatest[i] > EXACT),
  )
  const columns: ProfiledColumn[] = new Array(names.length)
  for (const i of plain) {
    const kind = numbers[i] > 0 ? 'number' : 'empty'
    const counter = counters.has(i)
    const plainColumn = { name: names[i], kind, counter, decimalComma: false, asNumber: asNumber(`c${i}`) } as const
    columns[i] = ids.has(i) ? { ...plainColumn, names: ID } : plainColumn
  }
  for (let at = 0; at < others.length; at += BATCH) {
    const batch = others.slice(at, at + BATCH)
    const looked = await lookCloser(db, from, batch, commas)
    for (const [j, i] of batch.entries()) columns[i] = { name: names[i], ...looked[j] }
  }
  return { rows, columns: withProvenCommas(columns) }
}

/** A column with commas that could separate thousands is one of decimal commas where another column of the table proves them. */
export function withProvenCommas(columns: readonly ProfiledColumn[]): ProfiledColumn[] {
  const isProven = columns.some(({ decimalComma }) => decimalComma)
  return columns.map((column) => (isProven && column.withCommas ? { ...column, ...column.withCommas } : column))
}

/** Columns looked at in one query: DuckDB's time to plan one grows faster than its columns. */
const BATCH = 64

/** As `cellNumber`: DuckDB alone would read `1_000` too. */
const asNumber = (cell: string): string => `TRY_CAST(replace(${cell}, '_', 'x') AS DOUBLE)`
const withPoint = (cell: string): string => asNumber(`replace(${cell}, ',', '.')`)
const asFlag = (cell: string): string =>
  `CASE lower(trim(${cell})) WHEN 'true' THEN 1::DOUBLE WHEN 'false' THEN 0::DOUBLE END`
const asSeconds = (cell: string): string =>
  `coalesce(epoch(TRY_CAST(${cell} AS TIMESTAMPTZ)), epoch(TRY_CAST(${cell} AS TIME)))`
const escaped = MISSING_MARKERS.map((marker) => marker.replace(/[.?]/g, '\\$&'))
/** Whether a cell of text means that there is no value, as SQL. */
export const missing = (cell: string): string =>
  `regexp_full_match(${cell}, ${quoted(`\\s*(${escaped.join('|')})?\\s*`)}, 'i')`

/** One pass over the whole table. `count_if` and not FILTER, whose time grows with the square of the columns. */
async function countNumbers(
  db: Database,
  from: string,
  columns: number,
): Promise<{ rows: number; filled: number[]; numbers: number[]; greatest: number[] }> {
  const counts = Array.from({ length: columns }, (_, i) => {
    const n = asNumber(`c${i}`)
    return `count(c${i}), count_if(isfinite(${n})), coalesce(max(abs(${n})), 0)`
  })
  const [rows, ...found] = (await db.row(`SELECT count(*), ${counts.join(', ')} FROM ${from}`)).map(Number)
  const [filled, numbers, greatest] = [0, 1, 2].map((part) => found.filter((_, i) => i % 3 === part))
  return { rows, filled, numbers, greatest }
}

/** Beyond this not every whole number is a number of JavaScript's. */
export const EXACT: number = 2 ** 53

/** Of columns of numbers beyond `EXACT` those that hold whole numbers, different in every row. */
export async function findIds(db: Database, from: string, candidates: readonly number[]): Promise<Set<number>> {
  const ids = new Set<number>()
  for (const i of candidates) {
    const cell = `trim(c${i})`
    const [rows, whole, different] = await db.row(
      `SELECT count(*), count_if(regexp_full_match(${cell}, '[+-]?[0-9]+')), count(DISTINCT ${cell}) FROM ${from}`,
    )
    if (rows === whole && rows === different) ids.add(i)
  }
  return ids
}

/** How many cells of each of `columns` are markers of a missing value. */
async function countMarkers(db: Database, from: string, columns: readonly number[]): Promise<number[]> {
  if (columns.length === 0) return []
  const counts = columns.map((i) => `count_if(${missing(`c${i}`)})`)
  return (await db.row(`SELECT ${counts.join(', ')} FROM ${from}`)).map(Number)
}

/** The columns in which each number is one more than the one before. A glance at the first rows leaves few to look at. */
export async function findCounters(
  db: Database,
  from: string,
  rows: number,
  candidates: readonly number[],
): Promise<Set<number>> {
  if (rows < 3 || candidates.length === 0) return new Set()
  const start = await db.columns(`SELECT ${candidates.map((i) => asNumber(`c${i}`)).join(', ')} FROM ${from} LIMIT 3`)
  const likely = candidates.filter((_, k) => Number(start[k][1]) === Number(start[k][0]) + 1)
  const counters = new Set<number>()
  for (const i of likely) {
    const [least, most] = await db.row(
      `SELECT min(n - r), max(n - r) FROM (SELECT ${asNumber(`c${i}`)} AS n, row_number() OVER () AS r FROM ${from})`,
    )
    if (least === most) counters.add(i)
  }
  return counters
}

type Looked = Omit<ProfiledColumn, 'name'>

/** What `lookCloser` asks of each column. */
const LOOKS = 9
const isOther = (i: number): string => `NOT coalesce(isfinite(n${i}), false) AND NOT ${missing(`c${i}`)}`

/** What columns are that hold something else than numbers and markers of missing values. */
export async function lookCloser(
  db: Database,
  from: string,
  columns: readonly number[],
  commas: Commas,
): Promise<Looked[]> {
  const looks = columns.map(
    (i) => `count_if(isfinite(n${i})), count_if(isinf(n${i})),
      count_if(NOT ${missing(`c${i}`)}), count(${asFlag(`c${i}`)}),
      count_if(TRY_CAST(c${i} AS TIMESTAMPTZ) IS NOT NULL OR TRY_CAST(c${i} AS TIME) IS NOT NULL),
      count_if(regexp_full_match(trim(c${i}), '[+-]?([0-9]+(,[0-9]+)?|,[0-9]+)([eE][+-]?[0-9]+)?') AND NOT ${missing(`c${i}`)}),
      count_if(regexp_full_match(trim(c${i}), '[+-]?[0-9]*,([0-9]{1,2}|[0-9]{4,})([eE][+-]?[0-9]+)?')),
      min(CASE WHEN ${isOther(i)} THEN r END), arg_min(c${i}, CASE WHEN ${isOther(i)} THEN r END)`,
  )
  const cells = columns.map((i) => `c${i}, ${asNumber(`c${i}`)} AS n${i}`)
  const row = await db.row(
    `SELECT ${looks.join(', ')} FROM (SELECT row_number() OVER () AS r, ${cells.join(', ')} FROM ${from})`,
  )
  return columns.map((i, j) => judge(`c${i}`, row.slice(j * LOOKS, (j + 1) * LOOKS), commas))
}

function judge(cell: string, row: readonly unknown[], commas: Commas): Looked {
  const [numbers, infinite, present, flags, times, withComma, sureCommas] = row.map(Number)
  const plain = { counter: false, decimalComma: false, asNumber: asNumber(cell) }
  const odd = { row: Number(row[7]), value: String(row[8]) }
  if (numbers === present) return { ...plain, kind: numbers > 0 ? 'number' : 'empty' }
  if (numbers + infinite === present) return { ...plain, kind: 'number', odd }
  if (flags === present) return { ...plain, kind: 'boolean', asNumber: asFlag(cell) }
  if (times === present) return { ...plain, kind: 'time', odd, asNumber: asSeconds(cell) }
  const withCommas = { kind: 'number', decimalComma: true, asNumber: withPoint(cell), odd: undefined } as const
  if (withComma !== present || commas === 'none') return { ...plain, kind: 'text', odd }
  return commas === 'decimal' || sureCommas > 0
    ? { ...plain, ...withCommas }
    : { ...plain, kind: 'text', odd, withCommas }
}
