import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { RecordBatch, Vector } from 'apache-arrow'
import { arrowPieces } from '../arrow/arrow-pieces.ts'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { type ArrowCells, arrowCells } from './arrow-cells.ts'
import { loadArrowLibrary } from './arrow-library.ts'
import type { LoadedType, Loading, Part } from './loaded-table.ts'

const RULES = { mostBytes: 2 ** 31, isInflated: true }

/**
 * Arrow's own files and streams (IPC), including Feather, batch by batch.
 * https://arrow.apache.org/docs/format/Columnar.html
 */
export async function loadArrow(path: string): Promise<Loading> {
  await stat(path).catch((error) => {
    throw fileProblem(error, path, 'read')
  })
  const arrow = await loadArrowLibrary()
  try {
    const reader = await arrow.RecordBatchReader.from(arrowPieces(createReadStream(path), RULES))
    await reader.open()
    const fields = reader.schema.fields.map(({ name, type }, at) => {
      const isLarge = arrow.DataType.isInt(type) && type.bitWidth === 64 && !type.isSigned
      return { name, at, isLarge, cells: arrowCells(arrow.DataType, type) }
    })
    const kept = fields.flatMap(({ cells, ...field }) => (cells === null ? [] : [{ ...field, cells }]))
    const dropped = fields.filter(({ cells }) => cells === null)
    const notes = dropped.map(
      ({ name, at }) => `${name}: left out, its cells are of type ${reader.schema.fields[at].type}`,
    )
    const names = new Set<string>()
    const columns = kept.map(({ name, cells, isLarge }, k) => {
      const own = names.has(name) ? `${name} (${k + 1})` : name
      names.add(own)
      return { name: own, type: isLarge ? ('UBIGINT' as const) : TYPES[cells.kind] }
    })
    return {
      columns,
      notes,
      pandas: reader.schema.metadata.get('pandas'),
      parts: partsOf(path, reader, kept),
    }
  } catch (error) {
    throw arrowProblem(error, path)
  }
}

const TYPES: Readonly<Record<ArrowCells['kind'], LoadedType>> = {
  number: 'DOUBLE',
  whole: 'BIGINT',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  clock: 'TIME',
  text: 'VARCHAR',
}

interface Kept {
  readonly at: number
  readonly cells: ArrowCells
}

async function* partsOf(
  path: string,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  kept: readonly Kept[],
): AsyncGenerator<Part> {
  try {
    for await (const batch of batches)
      yield {
        rows: batch.numRows,
        columns: kept.map(({ at, cells }) => cellsOf(batch.getChildAt(at), cells, batch.numRows)),
      }
  } catch (error) {
    throw arrowProblem(error, path)
  }
}

type Cell = number | bigint | boolean | string | null

/** Cells as the temporary database takes them: whole numbers as bigints, and times as bigints of microseconds. */
function cellsOf(vector: Vector | null, { kind, read }: ArrowCells, rows: number): Cell[] {
  const isTime = kind === 'time' || kind === 'clock'
  return Array.from({ length: rows }, (_, i): Cell => {
    const given: unknown = vector?.get(i)
    if (given === null || given === undefined) return null
    const cell = read(given)
    if (isTime) return BigInt(Math.round(Number(cell) * 1e6))
    return kind === 'whole' ? BigInt(cell) : cell
  })
}

function arrowProblem(error: unknown, path: string): unknown {
  if (error instanceof ProblemError || !(error instanceof Error) || 'syscall' in error) {
    return fileProblem(error, path, 'read')
  }
  return new ProblemError('not-a-table', path, `expected an Arrow file or stream, found: ${error.message}`)
}
