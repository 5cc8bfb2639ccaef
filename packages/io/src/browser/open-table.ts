import type Result from 'true-myth/result'
import { arrowPieces } from '../arrow/arrow-pieces.ts'
import { type Problem, ProblemError, settle } from '../problem.ts'
import type { Table } from '../table.ts'
import { arrowCells } from '../typed/arrow-cells.ts'
import { loadArrowLibrary } from '../typed/arrow-library.ts'
import { cellsTable } from './cells-table.ts'
import type { Cell } from './column-of.ts'
import { parquetColumns } from './parquet-cells.ts'
import { textTable } from './text-table.ts'

/** A file in a page: from a file input, or a name and its contents. */
export type TableFile = File | { readonly name: string; readonly contents: Uint8Array | string }

type Open = (name: string, bytes: Uint8Array) => Promise<Table>

/** The formats that a page can read, by extension. */
const OPENERS: Readonly<Record<string, Open>> = {
  csv: (name, bytes) => textTable(name, bytes),
  txt: (name, bytes) => textTable(name, bytes),
  tsv: (name, bytes) => textTable(name, bytes, { delimiter: '\t' }),
  tab: (name, bytes) => textTable(name, bytes, { delimiter: '\t' }),
  parquet: openParquet,
  arrow: openArrow,
  arrows: openArrow,
  feather: openArrow,
  ipc: openArrow,
}

/**
 * Opens a CSV, TSV, Parquet or Arrow file in a page, by the same rules as tables read from disk. Everything is held in
 * memory.
 */
export function openTable(file: TableFile): Promise<Result<Table, Problem>> {
  return settle(async () => {
    const extension = /\.([^.]+)$/.exec(file.name)?.[1].toLowerCase() ?? ''
    const open = OPENERS[extension]
    if (open === undefined) {
      const known = Object.keys(OPENERS).map((name) => `.${name}`)
      throw new ProblemError(
        'not-a-table',
        file.name,
        `expected a table in ${known.join(', ')}, found another kind of file`,
      )
    }
    return open(file.name, await contentsOf(file))
  })
}

async function contentsOf(file: TableFile): Promise<Uint8Array> {
  if (!('contents' in file)) return new Uint8Array(await file.arrayBuffer())
  return typeof file.contents === 'string' ? new TextEncoder().encode(file.contents) : file.contents
}

async function openParquet(name: string, bytes: Uint8Array): Promise<Table> {
  try {
    // A copy: the bytes may be part of a larger buffer.
    const { columns, pandas } = await parquetColumns(new Uint8Array(bytes).buffer)
    return cellsTable(name, columns, [], { ...(pandas !== undefined && { pandas }) })
  } catch (error) {
    throw unreadable(error, name, 'a Parquet file')
  }
}

async function openArrow(name: string, bytes: Uint8Array): Promise<Table> {
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
    return cellsTable(name, columns, notes, { ...(pandas !== undefined && { pandas }) })
  } catch (error) {
    throw unreadable(error, name, 'an Arrow file or stream')
  }
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
