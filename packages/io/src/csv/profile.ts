import { type Decimals, NOTHING_PROVEN, type Proven } from '../cell/cell-number.ts'
import { ID } from '../cell/index-column.ts'
import type { Database } from '../duckdb.ts'
import type { Column } from '../table.ts'
import {
  asFlag,
  asNumber,
  asSeconds,
  type CellClass,
  type Classes,
  classesIn,
  missing,
  trimmed,
} from './cell-classes.ts'

/** A column with the SQL for its cells as DOUBLE, NULL if a cell is not a number. */
export interface ProfiledColumn extends Column {
  readonly decimalComma: boolean
  readonly asNumber: string
  /** Whether it is text only because of marks that may separate thousands, such as that of `1,234`. */
  readonly unsure?: boolean
}

/** What marks within numbers are, once it is known which ones are proven. */
export type DecideDecimals = (proven: Proven) => Decimals

/** Inspects every cell of the relation `from`, whose text columns are named c0, c1, … */
export async function profile(
  db: Database,
  from: string,
  names: readonly string[],
  decide: DecideDecimals,
): Promise<{ rows: number; columns: ProfiledColumn[]; proven: Proven }> {
  const { rows, filled, numbers, greatest } = await countNumbers(db, from, names.length)
  const all = names.map((_, i) => i)
  const unclear = all.filter((i) => filled[i] !== numbers[i])
  const markers = await countMarkers(db, from, unclear)
  const odd = new Set(unclear.filter((i, k) => filled[i] !== numbers[i] + markers[k]))
  const { looked, proven } = await lookCloser(
    db,
    from,
    [...odd],
    all.filter((i) => numbers[i] > 0 && !odd.has(i)),
    decide,
  )
  const isPlain = (i: number): boolean => !odd.has(i) && looked.get(i)?.kind !== 'text'
  const counters = await findCounters(
    db,
    from,
    rows,
    all.filter((i) => isPlain(i) && numbers[i] === rows),
  )
  const ids = await findIds(
    db,
    from,
    all.filter((i) => isPlain(i) && greatest[i] > EXACT),
  )
  const columns = names.map((name, i): ProfiledColumn => {
    const found = looked.get(i)
    if (found !== undefined && !isPlain(i)) return { name, ...found }
    const kind = numbers[i] > 0 ? 'number' : 'empty'
    const plain = { name, kind, counter: counters.has(i), decimalComma: false, asNumber: asNumber(`c${i}`) } as const
    return ids.has(i) ? { ...plain, names: ID } : plain
  })
  return { rows, columns, proven }
}

/**
 * One pass over the whole table, with `count_if` rather than FILTER, whose time grows with the square of the columns.
 */
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

/** Above this JavaScript cannot represent every integer. */
export const EXACT: number = 2 ** 53

/** The columns with numbers above `EXACT` whose cells are integers that differ in every row. */
export async function findIds(db: Database, from: string, candidates: readonly number[]): Promise<Set<number>> {
  const ids = new Set<number>()
  for (const i of candidates) {
    const cell = trimmed(`c${i}`)
    const [rows, whole, different] = await db.row(
      `SELECT count(*), count_if(regexp_full_match(${cell}, '[+-]?[0-9]+')), count(DISTINCT ${cell}) FROM ${from}`,
    )
    if (rows === whole && rows === different) ids.add(i)
  }
  return ids
}

/** How many cells of each of `columns` mark a missing value. */
async function countMarkers(db: Database, from: string, columns: readonly number[]): Promise<number[]> {
  if (columns.length === 0) return []
  const counts = columns.map((i) => `count_if(${missing(`c${i}`)})`)
  return (await db.row(`SELECT ${counts.join(', ')} FROM ${from}`)).map(Number)
}

/**
 * The columns of whole numbers in which each is one more than the one before. A glance at the first rows leaves few to
 * look at.
 */
export async function findCounters(
  db: Database,
  from: string,
  rows: number,
  candidates: readonly number[],
): Promise<Set<number>> {
  if (rows < 3 || candidates.length === 0) return new Set()
  const start = await db.columns(`SELECT ${candidates.map((i) => asNumber(`c${i}`)).join(', ')} FROM ${from} LIMIT 3`)
  const likely = candidates.filter(
    (_, k) => Number.isInteger(start[k][0]) && Number(start[k][1]) === Number(start[k][0]) + 1,
  )
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

/**
 * What columns of text are: those in `odd`, and those in `plain`, which hold numbers alone, where a comma of another
 * column, or their user, says that their points may not be decimal.
 */
export async function lookCloser(
  db: Database,
  from: string,
  odd: readonly number[],
  plain: readonly number[],
  decide: DecideDecimals,
): Promise<{ looked: Map<number, Looked>; proven: Proven }> {
  const found = await classesIn(db, from, odd)
  const isPlainLooked = decide(NOTHING_PROVEN).point !== 'decimal' || found.some(hasComma)
  if (isPlainLooked) found.push(...(await classesIn(db, from, plain)))
  const columns = isPlainLooked ? [...odd, ...plain] : odd
  const proven = {
    point: found.some(({ point }) => point.count > 0),
    comma: found.some(({ comma }) => comma.count > 0),
  }
  const decimals = decide(proven)
  const judged = columns.map((i, j) => judge(`c${i}`, found[j], decimals))
  const values = await valuesOf(
    db,
    from,
    judged.flatMap(({ row }, j) => (row === undefined ? [] : [[columns[j], row]])),
  )
  const looked = columns.map((i, j): [number, Looked] => {
    const { row, looked } = judged[j]
    return [i, row === undefined ? looked : { ...looked, odd: { row, value: values.get(i) ?? '' } }]
  })
  return { looked: new Map(looked), proven }
}

const hasComma = ({ comma, unsureComma }: Classes): boolean => comma.count + unsureComma.count > 0

/** What a column is by the classes of its cells, and the row to name where it cannot be taken as it is. */
function judge(cell: string, classes: Classes, { point, comma }: Decimals): { row?: number; looked: Looked } {
  const count = (...names: readonly CellClass[]): number => names.reduce((sum, name) => sum + classes[name].count, 0)
  const first = (...names: readonly CellClass[]): number =>
    Math.min(...names.map((name) => (classes[name].count > 0 ? classes[name].row : Number.POSITIVE_INFINITY)))
  const marked = (mark: Decimals['point'], sure: CellClass, unsure: CellClass): CellClass[] =>
    mark === 'decimal' ? [] : mark === 'sure' ? [unsure] : [sure, unsure]
  const bad = [...marked(point, 'point', 'unsurePoint'), ...marked(comma, 'comma', 'unsureComma'), 'text'] as const
  const numbers = count('whole', 'point', 'unsurePoint', 'comma', 'unsureComma', 'flag', 'infinite')
  const decimalComma = count('comma', 'unsureComma') > 0
  const number = asNumber(decimalComma ? `replace(${cell}, ',', '.')` : cell)
  const plain = { counter: false, decimalComma: false, asNumber: number }
  if (numbers + count('time', 'text') === 0) return { looked: { ...plain, kind: 'empty' } }
  if (numbers + count('text') === 0)
    return { row: first('time'), looked: { ...plain, kind: 'time', asNumber: asSeconds(cell) } }
  if (count(...bad, 'time') > 0) {
    const isUnsure = count('text', 'time') === 0
    return {
      row: first(...bad, 'time', 'infinite'),
      looked: { ...plain, kind: 'text', ...(isUnsure && { unsure: true }) },
    }
  }
  const flags = count('flag')
  if (flags === numbers) return { looked: { ...plain, kind: 'boolean', asNumber: asFlag(cell) } }
  const either = flags > 0 ? `coalesce(${asFlag(cell)}, ${number})` : number
  const looked = { ...plain, kind: 'number', decimalComma, asNumber: either } as const
  return count('infinite') > 0 ? { row: first('infinite'), looked } : { looked }
}

/** The cells of columns at rows, as they are in the file. */
async function valuesOf(
  db: Database,
  from: string,
  places: readonly (readonly [column: number, row: number])[],
): Promise<Map<number, string>> {
  if (places.length === 0) return new Map()
  const cells = places.map(([i, row]) => `max(CASE WHEN r = ${row} THEN c${i} END)`)
  const columns = places.map(([i]) => `c${i}`)
  const last = Math.max(...places.map(([, row]) => row))
  const row = await db.row(
    `SELECT ${cells.join(', ')} FROM (SELECT row_number() OVER () AS r, ${columns.join(', ')} FROM (SELECT * FROM ${from} LIMIT ${last}))`,
  )
  return new Map(places.map(([i], j) => [i, String(row[j])]))
}
