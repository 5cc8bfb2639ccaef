import type Result from 'true-myth/result'
import { arrowPieces } from '../arrow/arrow-pieces.ts'
import { learnedMark } from '../cell/cell-number.ts'
import type { TextReading } from '../csv/text-reading.ts'
import { type Problem, ProblemError, settle } from '../problem.ts'
import type { Table } from '../table.ts'
import { arrowCells } from '../typed/arrow-cells.ts'
import { loadArrowLibrary } from '../typed/arrow-library.ts'
import { xlsxRows } from '../typed/xlsx-rows.ts'
import { cellsTable } from './cells-table.ts'
import type { Cell } from './column-of.ts'
import { jsonColumns } from './json-columns.ts'
import { parquetColumns } from './parquet-cells.ts'
import { textTable } from './text-table.ts'

/** A file in a page: from a file input, or a name and its contents. */
export type TableFile = File | { readonly name: string; readonly contents: Uint8Array | string }

/** How to read a table in a page, beyond what its file says. */
export interface PageReading extends Omit<TextReading, 'learned'> {
  /** The features of the map that will read the rows. */
  readonly features?: readonly { readonly name: string; readonly decimal?: ',' }[]
  /** The sheet of a workbook, by its name or its number from 1; by default the first. */
  readonly sheet?: string | number
}

type Open = (name: string, bytes: Uint8Array, reading: TextReading & Pick<PageReading, 'sheet'>) => Promise<Table>

/** The formats that a page can read, by extension. */
const OPENERS: Readonly<Record<string, Open>> = {
  csv: textTable,
  txt: textTable,
  tsv: (name, bytes, reading) => textTable(name, bytes, { delimiter: '\t', ...reading }),
  tab: (name, bytes, reading) => textTable(name, bytes, { delimiter: '\t', ...reading }),
  parquet: openParquet,
  json: openJson,
  ndjson: openJson,
  jsonl: openJson,
  arrow: openArrow,
  arrows: openArrow,
  feather: openArrow,
  ipc: openArrow,
  xlsx: openXlsx,
}

/**
 * Opens a CSV, TSV, Parquet, JSON, Arrow or Excel (.xlsx) file in a page, by the same rules as tables read from disk.
 * Everything is held in memory.
 */
export function openTable(file: TableFile, reading: PageReading = {}): Promise<Result<Table, Problem>> {
  return settle(async () => {
    const extension = /\.([^.]+)$/.exec(file.name)?.[1].toLowerCase() ?? ''
    const open = OPENERS[extension]
    if (open === undefined) {
      const known = Object.keys(OPENERS).map((name) => `.${name}`)
      throw new ProblemError(
        'not-a-table',
        file.name,
        `expected a table in ${known.join(', ')}, found another kind of file; save it as one of these`,
      )
    }
    const { features, ...how } = reading
    if (!TEXT.includes(extension) && (how.decimal !== undefined || how.delimiter !== undefined))
      throw new ProblemError('choice', file.name, 'expected a text table (.csv, .tsv, .txt) for decimal or delimiter')
    const learned = learnedMark(features)
    return open(file.name, await contentsOf(file), { ...how, ...(learned && { learned }) })
  })
}

const TEXT: readonly string[] = ['csv', 'txt', 'tsv', 'tab']

async function contentsOf(file: TableFile): Promise<Uint8Array> {
  if (!('contents' in file)) return new Uint8Array(await file.arrayBuffer())
  return typeof file.contents === 'string' ? new TextEncoder().encode(file.contents) : file.contents
}

async function openParquet(name: string, bytes: Uint8Array, reading: TextReading): Promise<Table> {
  try {
    // A copy: the bytes may be part of a larger buffer.
    const { columns, pandas } = await parquetColumns(new Uint8Array(bytes).buffer)
    return cellsTable(name, columns, [], { ...reading, ...(pandas !== undefined && { pandas }) })
  } catch (error) {
    throw unreadable(error, name, 'a Parquet file')
  }
}

async function openJson(name: string, bytes: Uint8Array, reading: TextReading): Promise<Table> {
  return cellsTable(name, jsonColumns(name, bytes), [], reading)
}

async function openArrow(name: string, bytes: Uint8Array, reading: TextReading): Promise<Table> {
  const { tableFromIPC, DataType } = await loadArrowLibrary()
  try {
    const table = tableFromIPC(await checkedBytes(bytes))
    const notes: string[] = []
    const columns = table.schema.fields.flatMap(({ name: column, type }, k) => {
      const reader = arrowCells(DataType, type)
      if (reader === null) {
        notes.push(`${column}: left out, its cells are of type ${type}`)
        return []
      }
      const vector = table.getChildAt(k)
      const isTime = reader.kind === 'time' || reader.kind === 'clock'
      const cells = Array.from({ length: table.numRows }, (_, row): Cell => {
        const cell: unknown = vector?.get(row)
        if (cell === null || cell === undefined) return null
        const value = reader.read(cell)
        return isTime ? { seconds: Number(value) } : value
      })
      return [{ name: column, cells }]
    })
    const pandas = table.schema.metadata.get('pandas')
    return cellsTable(name, columns, notes, { ...reading, ...(pandas !== undefined && { pandas }) })
  } catch (error) {
    throw unreadable(error, name, 'an Arrow file or stream')
  }
}

async function openXlsx(
  name: string,
  bytes: Uint8Array,
  { sheet, ...reading }: TextReading & Pick<PageReading, 'sheet'>,
): Promise<Table> {
  const { columns, notes, cells } = await xlsxRows(bytes, name, { ...(sheet !== undefined && { sheet }) })
  const given = columns.map(({ name, type }, k) => ({
    name,
    cells: cells(k).map((cell): Cell => {
      const isTime = type === 'TIMESTAMP' && typeof cell === 'bigint'
      return isTime ? { seconds: Number(cell) / 1e6 } : cell
    }),
  }))
  return cellsTable(name, given, notes, reading)
}

/** The bytes of an Arrow file or stream as a checked stream. */
async function checkedBytes(bytes: Uint8Array): Promise<Uint8Array> {
  const source = (async function* () {
    yield bytes
  })()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of arrowPieces(source, { mostBytes: bytes.length, isInflated: true }))
    pieces.push(new Uint8Array(piece))
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

function unreadable(error: unknown, name: string, wanted: string): unknown {
  if (error instanceof ProblemError || !(error instanceof Error)) return error
  return new ProblemError('not-a-table', name, `expected ${wanted}, found: ${error.message}`)
}
