import { stat } from 'node:fs/promises'
import { decimalsOf, markToLearn, type Proven } from '../cell/cell-number.ts'
import { ID, withIndex } from '../cell/index-column.ts'
import { type MissingWords, missingWords } from '../cell/missing-words.ts'
import { isWordNumber, isWordText } from '../csv/cell-classes.ts'
import { EXACT, findCounters, findIds, lookCloser, type ProfiledColumn } from '../csv/profile.ts'
import type { TextReading } from '../csv/text-reading.ts'
import { type Database, openDatabase, quoted } from '../duckdb.ts'
import { fileProblem, memoryProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { reading } from '../reading.ts'
import { checkWidth, type Table } from '../table.ts'
import type { ArrowDurations } from './arrow-durations.ts'
import { chooseTable } from './choose-table.ts'

/** How the texts in a table are read that says itself what its cells are, and which cells are missing besides. */
export type TypedReading = Pick<TextReading, 'missing' | 'learned'>

/** What is needed to open a table before it is inspected. */
interface Opening {
  readonly reading?: TypedReading | undefined
  /** What a file is that is damaged where it cannot be read. */
  readonly whole?: string
  /** Names of the columns, if the source does not have them. */
  readonly names?: readonly string[]
  prepare?(db: Database): Promise<void>
  /** What pandas has written about the table, where it has, and which columns of whole numbers are durations. */
  metadata?(db: Database): Promise<{ readonly pandas: string | null; readonly durations?: ArrowDurations }>
}

/** Opens `source`, a typed relation in DuckDB, named `shown` in messages. Throws a ProblemError. */
export async function openTyped(
  source: string | (() => string),
  shown: string,
  { names, prepare, metadata, whole, reading: how = {} }: Opening = {},
): Promise<Table> {
  const db = await openDatabase()
  try {
    await prepare?.(db)
    const given = typeof source === 'string' ? source : source()
    const [found = [], types = []] = await db.columns(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${given})`,
    )
    checkWidth(types.length, shown)
    const from = relation(given, types.map(String), how.missing)
    const kept = await metadata?.(db)
    const named = names ?? found.map(String)
    const {
      rows,
      columns: profiled,
      proven,
    } = await profileTyped(db, from, named, types.map(String), how, kept?.durations)
    const columns = withIndex(profiled, kept?.pandas)
    const isSingle = profiled.every(({ name, kind }, i) =>
      kind === 'number' ? SINGLE.test(String(types[i])) && !kept?.durations?.has(name) : kind !== 'time',
    )
    if (rows === 0) throw new ProblemError('not-a-table', shown, 'expected at least one row, found none')
    const told = (error: unknown): unknown => typedProblem(error, shown, whole)
    const { textChunks, ...read } = reading(db, from, { columns, isSingle }, told)
    const isPlain = types.map((type) => NUMBERS.test(String(type)))
    return {
      name: shown,
      rows,
      columns,
      notes: [],
      isSingle,
      decimal: markToLearn(proven, how),
      relation: async () => ({
        db,
        from,
        own: columns.map((_, i) => `v${i}`),
        isText: false,
        isPlain,
        textChunks,
      }),
      ...read,
    }
  } catch (error) {
    db.close()
    throw typedProblem(error, shown, whole)
  }
}

/** Opens one table of a DuckDB database file: the only one, or the named one. */
export async function openDuckdb(path: string, name: string | undefined, reading: TypedReading): Promise<Table> {
  await stat(path).catch((error) => {
    throw fileProblem(error, path, 'read')
  })
  let table = ''
  return openTyped(() => table, path, {
    reading,
    async prepare(db) {
      await db.run(`ATTACH ${quoted(path)} AS given (READ_ONLY)`)
      const [names = []] = await db.columns(
        `SELECT table_name FROM information_schema.tables WHERE table_catalog = 'given' ORDER BY table_name`,
      )
      table = `given.${identifier(chooseTable(path, names.map(String), name))}`
    },
  })
}

/**
 * Every column under our own names: as text (c0, c1, …) and in its own type (v0, v1, …). Names from the file never
 * reach SQL.
 */
function relation(source: string, types: readonly string[], missing: readonly string[] = []): string {
  const columns = types.map((_, i) => `v${i}`).join(', ')
  const given = `${source} AS given(${columns})`
  if (missing.length > 0)
    return relation(
      `(SELECT ${types.map((type, i) => `${withoutWords(`v${i}`, type, missingWords(missing))} AS v${i}`).join(', ')} FROM ${given})`,
      types,
    )
  const cells = types.map((type, i) => `v${i}, ${asText(`v${i}`, type)} AS c${i}`).join(', ')
  return `(SELECT ${cells} FROM ${given})`
}

/** A cell, or NULL where it is one of the words. Times, booleans and lists never are. */
function withoutWords(cell: string, type: string, words: MissingWords): string {
  const isOne = NUMBERS.test(type)
    ? isWordNumber(`CAST(${cell} AS DOUBLE)`, words)
    : TEXTS.test(type)
      ? isWordText(asText(cell, type), words)
      : 'false'
  return isOne === 'false' ? cell : `CASE WHEN ${isOne} THEN NULL ELSE ${cell} END`
}

/** A cell as text: what is in a text of JSON, not its quotes. */
const asText = (cell: string, type: string): string =>
  type === 'JSON' ? `${cell} ->> '$'` : `CAST(${cell} AS VARCHAR)`

const NUMBERS = /^(U?(TINY|SMALL|HUGE|BIG)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/
/** Types of which f32 holds every number. */
const SINGLE = /^(FLOAT|U?(TINY|SMALL)INT)$/
const TEXTS = /^(VARCHAR|JSON|ENUM.*)$/
/** Durations become numbers of seconds. */
const DURATION = 'INTERVAL'
const TIMES = /^(DATE|TIME|TIMESTAMP).*$/

/** Inspects all columns once: types say what they are, and text is inspected as in a text table. */
async function profileTyped(
  db: Database,
  from: string,
  names: readonly string[],
  types: readonly string[],
  how: TypedReading,
  durations?: ArrowDurations,
): Promise<{ rows: number; columns: ProfiledColumn[]; proven: Proven }> {
  const isNumber = types.map((type) => NUMBERS.test(type))
  const value = (i: number): string => {
    // By way of text a decimal is the number nearest to it.
    const number = types[i].startsWith('DECIMAL') ? `CAST(CAST(v${i} AS VARCHAR) AS DOUBLE)` : `CAST(v${i} AS DOUBLE)`
    const ticks = durations?.get(names[i])
    return ticks === undefined || !isNumber[i] ? number : `(${number} / ${ticks})`
  }
  const looks = types.map((_, i) =>
    isNumber[i]
      ? `count_if(NOT isnan(${value(i)})), count_if(isinf(${value(i)})), coalesce(max(abs(${value(i)})), 0)`
      : `count(v${i}), 0, 0`,
  )
  const [rows, ...found] = (await db.row(`SELECT count(*), ${looks.join(', ')} FROM ${from}`)).map(Number)
  const isText = (i: number): boolean =>
    found[3 * i] > 0 && !isNumber[i] && types[i] !== DURATION && types[i] !== 'BOOLEAN' && !TIMES.test(types[i])
  const { looked: texts, proven } = await lookCloser(db, from, types.map((_, i) => i).filter(isText), [], (proven) =>
    decimalsOf(',', proven, how),
  )
  const columns: ProfiledColumn[] = []
  for (const [i, name] of names.entries()) {
    const plain = { name, counter: false, decimalComma: false, asNumber: value(i) }
    if (found[3 * i] === 0) columns.push({ ...plain, kind: 'empty' })
    else if (isNumber[i]) {
      const odd = found[3 * i + 1] > 0 ? await firstCell(db, from, i, `isinf(${value(i)})`) : undefined
      columns.push({ ...plain, kind: 'number', ...(odd && { odd }) })
    } else if (types[i] === DURATION) columns.push({ ...plain, kind: 'number', asNumber: `epoch(v${i})::DOUBLE` })
    else if (types[i] === 'BOOLEAN')
      columns.push({ ...plain, kind: 'boolean', asNumber: `CAST(v${i} AS INTEGER)::DOUBLE` })
    else if (TIMES.test(types[i])) {
      const odd = await firstCell(db, from, i, `v${i} IS NOT NULL`)
      columns.push({ ...plain, kind: 'time', asNumber: `epoch(v${i})::DOUBLE`, odd })
    } else columns.push({ ...plain, kind: 'text', ...texts.get(i) })
  }
  const isInteger = (i: number): boolean => /INT(EGER)?$/.test(types[i]) && !durations?.has(names[i])
  const whole = types.map((_, i) => i).filter((i) => columns[i].kind === 'number' && found[3 * i] === rows)
  for (const i of await findCounters(db, from, rows, whole)) columns[i] = { ...columns[i], counter: true }
  const greatest = await greatestOf(
    db,
    from,
    new Map([...texts].flatMap(([i, { kind, asNumber }]) => (kind === 'number' ? [[i, asNumber]] : []))),
  )
  const isLarge = (i: number): boolean => (isInteger(i) ? found[3 * i + 2] : (greatest.get(i) ?? 0)) > EXACT
  const large = types.map((_, i) => i).filter(isLarge)
  for (const i of await findIds(db, from, large)) columns[i] = { ...columns[i], names: ID }
  return { rows, columns, proven }
}

/** The largest number of each column, the sign left out. */
async function greatestOf(
  db: Database,
  from: string,
  numbers: ReadonlyMap<number, string>,
): Promise<Map<number, number>> {
  if (numbers.size === 0) return new Map()
  const looks = [...numbers.values()].map((number) => `max(abs(${number}))`)
  const row = await db.row(`SELECT ${looks.join(', ')} FROM ${from}`)
  return new Map([...numbers.keys()].map((i, k) => [i, Number(row[k])]))
}

async function firstCell(
  db: Database,
  from: string,
  i: number,
  which: string,
): Promise<{ row: number; value: string }> {
  const [row, value] = await db.row(
    `SELECT r, c${i} FROM (SELECT row_number() OVER () AS r, * FROM ${from}) WHERE ${which} LIMIT 1`,
  )
  return { row: Number(row), value: String(value) }
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Rewords DuckDB's errors about a table, using their first line. Every error of a file that must be damaged if it
 * cannot be read (`whole` names its kind) is about the file; otherwise errors that are not about the table are passed
 * on unchanged.
 */
function typedProblem(error: unknown, shown: string, whole?: string): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error
  const lacking = memoryProblem(error, shown)
  if (lacking !== null) return lacking
  const [line] = error.message.split('\n')
  const [, kind, , found] =
    /^(Invalid Input|Invalid|IO|Conversion|Parser|Binder|Catalog|Serialization|Permission|Not implemented)( \w+)? Error: (.*)$/.exec(
      line,
    ) ?? []
  const isDamage = whole !== undefined && !/^(Binder|Catalog|Permission|Not implemented)$/.test(kind ?? '')
  if (isDamage && !/schema mismatch|No files found|No such file/i.test(line)) {
    const reason = (found ?? line).replace(/ ?"[^"]*"| ?'[^']*'/g, '')
    return new ProblemError('not-a-table', shown, `expected a whole ${whole}, found a damaged one: ${reason}`)
  }
  if (kind === undefined) return error
  return new ProblemError(kind === 'IO' ? 'not-readable' : 'not-a-table', shown, found)
}
