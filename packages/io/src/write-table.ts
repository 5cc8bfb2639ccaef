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
import { type Beside, fillText, writeBeside } from './write-beside.ts'

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
  if (relation.value) return writeJoined(path, table, relation.value, inputs, beside)
  const names = [...table.columns.map(({ name }) => name), ...beside.names]
  const types = typesOf(table, beside)
  return writeCsvAs(path, { names, types }, (put) => writeBeside(table, inputs, beside, put))
}

/**
 * What the columns are: text stays text though it looks like numbers, and the type of other columns of the table is
 * found in their cells.
 */
function typesOf({ columns }: Table, { types }: Beside): (LoadedType | undefined)[] {
  return [...columns.map(({ kind }) => (kind === 'text' ? 'VARCHAR' : undefined)), ...types]
}

/**
 * As `writeBeside` and its conversion, within the database that has the table: it joins the added columns, kept in a
 * temporary file, to the table's own.
 */
async function writeJoined(
  path: string,
  table: Table,
  { db, from, own, isText }: Relation,
  inputs: readonly Input[],
  beside: Beside,
): Promise<Result<number, Problem>> {
  const folder = temporaryFolder()
  const format = FORMATS[extname(path).toLowerCase()]
  const asText = format === undefined || isText
  try {
    const found = await settle(() => addBeside(table, db, folder.path, inputs, beside, asText))
    if (found.isErr) return found
    const names = [...table.columns.map(({ name }) => name), ...beside.names]
    const filledCell = (cell: string, column: number): string => {
      const k = beside.fills?.findIndex((fill) => fill.column === column) ?? -1
      if (k < 0) return cell
      const fill = !asText && table.columns[column].kind === 'boolean' ? `CAST(f${k} AS BOOLEAN)` : `f${k}`
      return `coalesce(${fill}, ${cell})`
    }
    // A name from the file reaches SQL only as a quoted identifier; a cell is empty or has text, as in the file.
    const cells = [
      ...own.map((cell, i) => filledCell(asText ? `nullif(c${i}, '')` : cell, i)),
      ...beside.types.map((type, i) =>
        asText && type === 'DOUBLE' ? `coalesce(t${i}, CAST(b${i} AS VARCHAR))` : `b${i}`,
      ),
    ]
    const columns = names.map((name, i) => `${cells[i]} AS "${name.replaceAll('"', '""')}"`)
    const query = `SELECT ${columns.join(', ')} FROM ${from} POSITIONAL JOIN added.rows`
    const scratch = join(folder.path, 'rows.out')
    return await writeAside(path, async (put) => {
      if (format === undefined || !isText) await (format ?? FORMAT_CSV)(db, query, scratch, put)
      else {
        const csv = join(folder.path, 'rows.csv')
        await db.run(`COPY (${query}) TO ${quoted(csv)} (FORMAT csv, HEADER)`)
        await format(db, queryOf(csv, names, typesOf(table, beside)), scratch, put)
      }
      return found.value
    })
  } finally {
    await db.run('DETACH DATABASE IF EXISTS added')
    folder.discard()
  }
}

const FORMAT_CSV = copy('FORMAT csv, HEADER')

/**
 * Computes the columns of `beside` part by part and stores them in the database `added`, as b0, b1, … With `asText`,
 * column t0, t1, … has the text of each number that the database would write otherwise than `writeBeside`. Cells that
 * replace those of the table are f0, f1, … Returns the number of rows.
 */
async function addBeside(
  table: Table,
  db: Database,
  folder: string,
  inputs: readonly Input[],
  beside: Beside,
  asText: boolean,
): Promise<number> {
  const columns = beside.types.flatMap((type, i): { name: string; type: LoadedType }[] => [
    { name: `b${i}`, type },
    ...(asText && type === 'DOUBLE' ? [{ name: `t${i}`, type: 'VARCHAR' as const }] : []),
  ])
  const fills = (beside.fills ?? []).map(({ column, type }, k) => {
    const isNumber = !asText && type === 'DOUBLE' && table.columns[column].kind !== 'boolean'
    return { column, isNumber, name: `f${k}`, type: isNumber ? ('DOUBLE' as const) : ('VARCHAR' as const) }
  })
  columns.push(...fills.map(({ name, type }) => ({ name, type })))
  await db.run(`ATTACH ${quoted(join(folder, 'added.duckdb'))} AS added`)
  await db.run(`CREATE TABLE added.rows(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`)
  let row = 0
  async function* parts(): AsyncGenerator<Part> {
    const chunks = together(ahead(featureChunks(table, inputs, [], beside.onNewLevel)), inputs.length)
    for await (const { rows, data } of chunks) {
      const added = await beside.cells({ rows, numbers: data, text: [] }, row)
      row += rows
      yield {
        rows,
        columns: [
          ...beside.types.flatMap((type, i) =>
            asText && type === 'DOUBLE' ? [added[i], oddTexts(added[i])] : [added[i]],
          ),
          ...fills.map(({ column, isNumber }, k) => {
            const cells = added[beside.names.length + k]
            return isNumber ? cells : Array.from(cells, (cell) => fillText(table, column, cell))
          }),
        ],
      }
    }
  }
  await append(db, 'added', columns, parts())
  if (row !== table.rows) throw changed(table)
  return row
}

/** The text of the numbers that are not fractions of a usual size: of those, both have the shortest that is exact. */
function oddTexts(cells: ArrayLike<string | number | null>): (string | null)[] {
  return Array.from(cells, (cell) => {
    if (typeof cell !== 'number') return cell
    const size = Math.abs(cell)
    return size >= 1e-3 && size < 1e15 && !Number.isInteger(cell) ? null : String(cell)
  })
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
