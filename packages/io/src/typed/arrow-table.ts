import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { DataType, RecordBatch, Vector } from 'apache-arrow'
import { arrowPieces } from '../arrow/arrow-pieces.ts'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { type Arrow, loadArrowLibrary } from './arrow-library.ts'
import { arrowNumber } from './arrow-number.ts'
import type { LoadedType, Loading, Part } from './loaded-table.ts'

const RULES = { mostBytes: 2 ** 31, isInflated: true }

/** Arrow's own files and streams (IPC), Feather among them, batch after batch. https://arrow.apache.org/docs/format/Columnar.html */
export async function loadArrow(path: string): Promise<Loading> {
  await stat(path).catch((error) => {
    throw fileProblem(error, path, 'read')
  })
  const arrow = await loadArrowLibrary()
  try {
    const reader = await arrow.RecordBatchReader.from(arrowPieces(createReadStream(path), RULES))
    await reader.open()
    const fields = reader.schema.fields.map(({ name, type }, at) => ({ name, at, type: loadedType(arrow, type) }))
    const kept = fields.filter((field) => field.type !== null)
    const dropped = fields.filter((field) => field.type === null)
    const notes = dropped.map(
      ({ name, at }) => `${name}: left out, its cells are of type ${reader.schema.fields[at].type}`,
    )
    const columns = kept.map(({ name, type }, k) => ({
      name: kept.findIndex((other) => other.name === name) === k ? name : `${name} (${k + 1})`,
      type: type ?? 'VARCHAR',
    }))
    return {
      columns,
      notes,
      pandas: reader.schema.metadata.get('pandas'),
      parts: partsOf(
        arrow,
        path,
        reader,
        kept.map(({ at }) => at),
      ),
    }
  } catch (error) {
    throw arrowProblem(error, path)
  }
}

function loadedType({ DataType }: Arrow, type: DataType): LoadedType | null {
  if (DataType.isDictionary(type)) return loadedType({ DataType } as Arrow, type.dictionary)
  if (DataType.isInt(type)) return type.bitWidth === 64 && !type.isSigned ? 'UBIGINT' : 'BIGINT'
  if (DataType.isFloat(type) || DataType.isDecimal(type) || DataType.isDuration(type)) return 'DOUBLE'
  if (DataType.isBool(type)) return 'BOOLEAN'
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return 'TIMESTAMP'
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isNull(type)
  return isText ? 'VARCHAR' : null
}

async function* partsOf(
  arrow: Arrow,
  path: string,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  kept: readonly number[],
): AsyncGenerator<Part> {
  try {
    for await (const batch of batches) {
      yield { rows: batch.numRows, columns: kept.map((at) => cellsOf(arrow, batch.getChildAt(at), batch.numRows)) }
    }
  } catch (error) {
    throw arrowProblem(error, path)
  }
}

type Cell = number | bigint | boolean | string | null

function cellsOf({ DataType }: Arrow, vector: Vector | null, rows: number): Cell[] {
  const type = vector?.type
  const isTime = type !== undefined && (DataType.isDate(type) || DataType.isTimestamp(type))
  const isInt = type !== undefined && DataType.isInt(type)
  const number = type === undefined ? undefined : arrowNumber(DataType, type)
  return Array.from({ length: rows }, (_, i): Cell => {
    const cell: unknown = vector?.get(i)
    if (cell === null || cell === undefined) return null
    if (number) return number(cell)
    if (isTime) return BigInt(Math.round(Number(cell) * 1000))
    if (isInt && typeof cell === 'number') return BigInt(cell)
    if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return cell
    return String(cell)
  })
}

function arrowProblem(error: unknown, path: string): unknown {
  if (error instanceof ProblemError || !(error instanceof Error) || 'syscall' in error) {
    return fileProblem(error, path, 'read')
  }
  return new ProblemError('not-a-table', path, `expected an Arrow file or stream, found: ${error.message}`)
}
