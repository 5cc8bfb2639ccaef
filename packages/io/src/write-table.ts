import { createReadStream } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import Result from 'true-myth/result'
import { ahead } from './ahead.ts'
import { type Database, openDatabase, quoted } from './duckdb.ts'
import { featureChunks, type Input } from './features.ts'
import { type Problem, settle } from './problem.ts'
import { changed } from './read-samples.ts'
import { together } from './sample-parts.ts'
import type { Relation, Table } from './table.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { append, type LoadedType, type Part } from './typed/loaded-table.ts'
import { writeArrow } from './typed/write-arrow.ts'
import { type Put, writeAside } from './write-aside.ts'
import { type Beside, type BesideCells, fillTexts, writeBeside } from './write-beside.ts'
import { writeLines } from './write-lines.ts'

/** Writes the result of `query`, through the file `scratch` if necessary. */
type Write = (db: Database, query: string, scratch: string, put: Put) => Promise<void>

const copy =
  (format: string): Write =>
  async (db, query, scratch, put) => {
    await db.run(`COPY (${query}) TO ${quoted(scratch)} (${format})`)
    for await (const part of createReadStream(scratch, { highWaterMark: 2 ** 20 })) await put(part)
  }
const arrow: Write = (db, query, _, put) => writeArrow(db, query, put)

/** How formats other than CSV are written, by extension. */
const FORMATS: Readonly<Record<string, Write>> = {
  '.tsv': copy(`FORMAT csv, HEADER, DELIMITER '\\t'`),
  '.parquet': copy('FORMAT parquet'),
  '.json': copy('FORMAT json, ARRAY true'),
  '.ndjson': copy('FORMAT json'),
  '.jsonl': copy('FORMAT json'),
  '.arrow': arrow,
  '.feather': arrow,
}

/** The extensions of tables that can be written; any other is written as CSV. */
export const TABLE_FORMATS: readonly string[] = ['.csv', ...Object.keys(FORMATS)]

/**
 * Writes `table` with the columns of `beside` after its own, row for row, in the format of the file extension (CSV by
 * default); returns the number of rows. Streams, through a temporary file if the format is not CSV; then numeric
 * columns are written as numbers and all others as unchanged text.
 */
export async function writeTable(
  path: string,
  table: Table,
  inputs: readonly Input[],
  beside: Beside,
): Promise<Result<number, Problem>> {
  const relation = await settle(async () => table.relation?.())
  if (relation.isErr) return Result.err(relation.error)
  const { value } = relation
  if (value && !value.isText && extname(path).toLowerCase() in FORMATS)
    return writeJoined(path, table, value, inputs, beside)
  const names = [...table.columns.map(({ name }) => name), ...beside.names]
  const types = typesOf(table, beside)
  return writeCsvAs(path, { names, types }, (put) =>
    value && !beside.fills?.length
      ? writeLines(table, value, inputs, beside, put)
      : writeBeside(table, inputs, beside, put),
  )
}

/**
 * What the columns are: text stays text though it looks like numbers, and the type of other columns of the table is
 * found in their cells.
 */
function typesOf({ columns }: Table, { types }: Beside): (LoadedType | undefined)[] {
  return [...columns.map(({ kind }) => (kind === 'text' ? 'VARCHAR' : undefined)), ...types]
}

/**
 * Writes columns in their types, within the database that has the table: it joins the added columns, kept in a
 * temporary file, to the table's own.
 */
async function writeJoined(
  path: string,
  table: Table,
  { db, from, own }: Relation,
  inputs: readonly Input[],
  beside: Beside,
): Promise<Result<number, Problem>> {
  const folder = temporaryFolder()
  const format = FORMATS[extname(path).toLowerCase()]
  try {
    const found = await settle(() => addBeside(table, db, folder.path, inputs, beside))
    if (found.isErr) return found
    const names = [...table.columns.map(({ name }) => name), ...beside.names]
    const replacing = new Map(
      beside.fills?.map(({ column }, k) => [column, FILLED[fillType(table, beside, k)](`f${k}`)]),
    )
    const replaced = own.map((cell, column) => {
      const fill = replacing.get(column)
      if (fill === undefined) return cell
      return `coalesce(${table.columns[column].kind === 'boolean' ? `CAST(${fill} AS BOOLEAN)` : fill}, ${cell})`
    })
    const cells = [...replaced, ...beside.types.map((type, i) => FILLED[type](`b${i}`))]
    // A name from the file reaches SQL only as a quoted identifier.
    const columns = names.map((name, i) => `${cells[i]} AS "${name.replaceAll('"', '""')}"`)
    const query = `SELECT ${columns.join(', ')} FROM ${from} POSITIONAL JOIN added.rows`
    return await writeAside(path, async (put) => {
      await format(db, query, join(folder.path, 'rows.out'), put)
      return found.value
    })
  } finally {
    await db.run('DETACH DATABASE IF EXISTS added')
    folder.discard()
  }
}

/** How a cell that replaces one of the table's is kept: a flag as its text. */
const fillType = ({ columns }: Table, { fills = [] }: Beside, k: number): 'DOUBLE' | 'VARCHAR' =>
  columns[fills[k].column].kind === 'boolean' ? 'VARCHAR' : fills[k].type

/** What stands for an empty cell of an INTEGER column while it is stored. */
const EMPTY = -1_000_000_000

/** A cell of `BesideCells`, or NULL for an empty one, as SQL. */
const FILLED: Readonly<Record<Beside['types'][number], (cell: string) => string>> = {
  INTEGER: (cell) => `CASE WHEN ${cell} > ${EMPTY} THEN ${cell} END`,
  DOUBLE: (cell) => `CASE WHEN NOT isnan(${cell}) THEN ${cell} END`,
  VARCHAR: (cell) => cell,
}

/**
 * Computes the columns of `beside` part by part and stores them in the database `added`, as b0, b1, … and, where they
 * replace cells of the table, f0, f1, … Returns the number of rows.
 */
async function addBeside(
  table: Table,
  db: Database,
  folder: string,
  inputs: readonly Input[],
  beside: Beside,
): Promise<number> {
  const fills = (beside.fills ?? []).map(({ column }, k) => ({ column, type: fillType(table, beside, k) }))
  const columns = [
    ...beside.types.map((type, i) => ({ name: `b${i}`, type })),
    ...fills.map(({ type }, k) => ({ name: `f${k}`, type })),
  ]
  await db.run(`ATTACH ${quoted(join(folder, 'added.duckdb'))} AS added`)
  await db.run(`CREATE TABLE added.rows(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`)
  let row = 0
  async function* parts(): AsyncGenerator<Part> {
    const chunks = together(ahead(featureChunks(table, inputs, [], beside.onNewLevel)), inputs.length)
    for await (const { rows, data } of chunks) {
      const added = await beside.cells({ rows, numbers: data, text: [] }, row)
      row += rows
      const replacing = fills.map(({ column, type }, k) => {
        const cells = added[beside.names.length + k]
        return type === 'VARCHAR' ? fillTexts(table, column, cells) : cells
      })
      yield { rows, columns: [...added.slice(0, beside.names.length).map(emptied), ...replacing] }
    }
  }
  await append(db, 'added', columns, parts())
  if (row !== table.rows) throw changed(table)
  return row
}

/** The same cells, with empty integers below any other. */
function emptied(cells: BesideCells): BesideCells {
  return cells instanceof Int32Array ? cells.map((cell) => (cell < 0 ? EMPTY : cell)) : cells
}

/**
 * Writes the CSV that `write` puts in the format that the end of the name says. A column without a type has that of its
 * cells.
 */
export async function writeCsvAs<T>(
  path: string,
  { names, types }: { readonly names: readonly string[]; readonly types: readonly (LoadedType | undefined)[] },
  write: (put: Put) => Promise<T>,
): Promise<Result<T, Problem>> {
  const format = FORMATS[extname(path).toLowerCase()]
  if (format === undefined) return writeAside(path, write)
  const folder = temporaryFolder()
  try {
    const csv = join(folder.path, 'rows.csv')
    const value = await settle(() => write((part) => appendFile(csv, part)))
    if (value.isErr) return value
    return await writeAside(path, async (put) => {
      const db = await openDatabase()
      try {
        await format(db, queryOf(csv, names, types), join(folder.path, 'rows.out'), put)
      } finally {
        db.close()
      }
      return value.value
    })
  } finally {
    folder.discard()
  }
}

function queryOf(csv: string, names: readonly string[], types: readonly (LoadedType | undefined)[]): string {
  const cells = names.map((_, i) => `'c${i}'`).join(', ')
  const known = types.flatMap((type, i) => (type === undefined ? [] : [`'c${i}': '${type}'`]))
  const given = known.length > 0 ? `, types={${known.join(', ')}}` : ''
  const columns = names.map((name, i) => `c${i} AS "${name.replaceAll('"', '""')}"`).join(', ')
  return `SELECT ${columns} FROM read_csv(${quoted(csv)}, header=true, delim=',', quote='"', escape='"', sample_size=-1, names=[${cells}]${given})`
}
