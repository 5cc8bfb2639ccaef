import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import * as arrow from 'apache-arrow'
import Sqlite from 'libsql'
import { csvCell } from '../src/csv/record.ts'
import { xlsxOf } from './xlsx.ts'

export type GivenCell = number | bigint | boolean | Date | string | null

/** A column of cells that are all of one type, or missing. */
export interface GivenColumn {
  readonly name: string
  readonly type: 'number' | 'whole' | 'flag' | 'time' | 'text'
  readonly cells: readonly GivenCell[]
}

export type GivenTable = readonly GivenColumn[]

/** Writes a table in a folder and gives the file. */
type WriteAs = (table: GivenTable, folder: string) => string | Promise<string>

const rowsOf = (table: GivenTable): GivenCell[][] => table[0].cells.map((_, i) => table.map(({ cells }) => cells[i]))

const textOf = (cell: GivenCell): string =>
  cell === null ? '' : cell instanceof Date ? cell.toISOString().replace('Z', '') : String(cell)

/** CSV of texts. */
export const csvOf = (names: readonly string[], rows: readonly (readonly string[])[], delimiter = ','): string =>
  `${[names, ...rows].map((row) => row.map((cell) => csvCell(cell, delimiter)).join(delimiter)).join('\n')}\n`

const csv = (table: GivenTable, delimiter: string): string =>
  csvOf(
    table.map(({ name }) => name),
    rowsOf(table).map((row) => row.map(textOf)),
    delimiter,
  )

const jsonOf = (table: GivenTable): string[] =>
  rowsOf(table).map((row) => {
    const cells = row.map((cell, k) => {
      const value = typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell instanceof Date ? textOf(cell) : cell)
      return `${JSON.stringify(table[k].name)}:${value}`
    })
    return `{${cells.join(',')}}`
  })

const ARROW: Readonly<Record<GivenColumn['type'], () => arrow.DataType>> = {
  number: () => new arrow.Float64(),
  whole: () => new arrow.Int64(),
  flag: () => new arrow.Bool(),
  time: () => new arrow.TimestampMillisecond(),
  text: () => new arrow.Utf8(),
}

export const arrowOf = (table: GivenTable, form: 'file' | 'stream'): Uint8Array =>
  arrow.tableToIPC(
    new arrow.Table(
      Object.fromEntries(table.map(({ name, type, cells }) => [name, arrow.vectorFromArray(cells, ARROW[type]())])),
    ),
    form,
  )

const SQL: Readonly<Record<GivenColumn['type'], string>> = {
  number: 'DOUBLE',
  whole: 'BIGINT',
  flag: 'BOOLEAN',
  time: 'TIMESTAMP',
  text: 'VARCHAR',
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

async function parquet(table: GivenTable, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  const rows = rowsOf(table).map(
    (row) =>
      `(${row.map((cell, k) => (cell === null ? 'NULL' : `${quoted(textOf(cell))}::${SQL[table[k].type]}`)).join(', ')})`,
  )
  const names = table.map(({ name }) => `"${name}"`).join(', ')
  const columns = table.map(({ name, type }) => `"${name}"::${SQL[type]} AS "${name}"`).join(', ')
  await db.run(
    `COPY (SELECT ${columns} FROM (VALUES ${rows.join(', ')}) AS given(${names})) TO ${quoted(path)} (FORMAT parquet)`,
  )
  db.closeSync()
  instance.closeSync()
}

function sqlite(table: GivenTable, path: string): void {
  const db = new Sqlite(path)
  db.exec(`CREATE TABLE given (${table.map(({ name }) => `"${name}"`).join(', ')})`)
  const insert = db.prepare(`INSERT INTO given VALUES (${table.map(() => '?').join(', ')})`)
  for (const row of rowsOf(table))
    insert.run(
      ...row.map((cell) => (cell instanceof Date ? textOf(cell) : typeof cell === 'boolean' ? Number(cell) : cell)),
    )
  db.close()
}

/** A zstd frame of one block that is not compressed (RFC 8878, 3.1.1). */
function zstdOf(bytes: Buffer): Buffer {
  const block = 1 | (bytes.length << 3)
  const size = [bytes.length & 255, (bytes.length >> 8) & 255, (bytes.length >> 16) & 255, bytes.length >> 24]
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...size, block & 255, (block >> 8) & 255, block >> 16]),
    bytes,
  ])
}

const put = (folder: string, name: string, contents: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

/** Every format that holds a table of such columns. */
export const WRITERS: Readonly<Record<string, WriteAs>> = {
  csv: (table, folder) => put(folder, 'given.csv', csv(table, ',')),
  'csv.gz': (table, folder) => put(folder, 'given.csv.gz', gzipSync(csv(table, ','))),
  'csv.zst': (table, folder) => put(folder, 'given.csv.zst', zstdOf(Buffer.from(csv(table, ',')))),
  json: (table, folder) => put(folder, 'given.json', `[${jsonOf(table).join(',\n')}]`),
  ndjson: (table, folder) => put(folder, 'given.ndjson', `${jsonOf(table).join('\n')}\n`),
  arrow: (table, folder) => put(folder, 'given.arrow', arrowOf(table, 'file')),
  arrows: (table, folder) => put(folder, 'given.arrows', arrowOf(table, 'stream')),
  xlsx: (table, folder) =>
    put(
      folder,
      'given.xlsx',
      xlsxOf([
        'given',
        [
          table.map(({ name }) => name),
          ...rowsOf(table).map((row) => row.map((cell) => (typeof cell === 'bigint' ? String(cell) : cell))),
        ],
      ]),
    ),
  parquet: async (table, folder) => {
    const path = join(folder, 'given.parquet')
    await parquet(table, path)
    return path
  },
  sqlite: (table, folder) => {
    const path = join(folder, `given-${files++}.sqlite`)
    sqlite(table, path)
    return path
  },
}

/** The formats of numbers alone, whose columns are called `feature 1`, `feature 2`, …; libsvm has no missing ones. */
export const NUMBER_WRITERS: Readonly<Record<'npy' | 'npy in columns' | 'libsvm', WriteAs>> = {
  npy: (table, folder) => put(folder, 'given.npy', npyOf(rowsOf(table), false)),
  'npy in columns': (table, folder) => put(folder, 'given-columns.npy', npyOf(rowsOf(table), true)),
  libsvm: (table, folder) => {
    const lines = rowsOf(table).map((row) =>
      row.flatMap((cell, k) => (cell === 0 ? [] : [` ${k + 1}:${cell}`])).join(''),
    )
    return put(folder, 'given.libsvm', lines.map((line) => `1${line}\n`).join(''))
  },
}

/** NumPy's .npy (format 1.0) of f64. */
function npyOf(rows: readonly (readonly GivenCell[])[], isFortran: boolean): Uint8Array {
  const [width, order] = [rows[0].length, isFortran ? 'True' : 'False']
  const about = `{'descr': '<f8', 'fortran_order': ${order}, 'shape': (${rows.length}, ${width}), }`
  const header = `${about.padEnd(Math.ceil((about.length + 11) / 64) * 64 - 11)}\n`
  const start = Buffer.from(`\u0093NUMPY\u0001\u0000..${header}`, 'latin1')
  start.writeUInt16LE(header.length, 8)
  const flat = isFortran ? rows[0].flatMap((_, k) => rows.map((row) => row[k])) : rows.flat()
  return Buffer.concat([
    start,
    Buffer.from(Float64Array.from(flat, (cell) => (cell === null ? Number.NaN : Number(cell))).buffer),
  ])
}

let files = 0
