import { closeSync, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { isSparse, matrix, type Rows, type RowsStore, rowOf, type StoredRows } from '@som/core'
import { fileProblem } from './file-problem.ts'
import { ProblemError } from './problem.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Preprocessed rows in a temporary file, f32, row by row. `close` deletes it. */
export interface Spool extends RowsStore {
  close(): void
}

const BYTES = Float32Array.BYTES_PER_ELEMENT
/** Rows that are read at once where nobody says how many a chunk has: 4 MiB. */
const partRowsOf = (columns: number): number => Math.max(1, Math.floor(2 ** 20 / columns))
/**
 * Space on disk for rows of `columns` numbers, read again in chunks of `chunkRows`. Throws a ProblemError if the disk
 * is full.
 */
export async function openSpool(columns: number, chunkRows: number = partRowsOf(columns)): Promise<Spool> {
  const folder = temporaryFolder()
  const [values, weights] = [join(folder.path, 'rows.f32'), join(folder.path, 'weights.f32')]
  const files = await Promise.all([open(values, 'wx'), open(weights, 'wx')])
  let rows = 0
  let weighted = false
  return {
    async put(part) {
      if (isSparse(part.matrix)) throw new TypeError('expected dense rows')
      await write(files[0], part.matrix.data, values)
      if (part.weights) await write(files[1], part.weights, values)
      weighted ||= part.weights !== undefined
      rows += part.matrix.rows
    },
    async done() {
      await Promise.all(files.map((file) => file.close()))
      return {
        rows,
        columns,
        parts: () => partsOf(values, weighted ? weights : null, { rows, columns, chunkRows }),
        pick: picking(values, columns),
      }
    },
    close: () => folder.discard(),
  }
}

async function write(file: FileHandle, numbers: Float32Array, shown: string): Promise<void> {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  try {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
  } catch (error) {
    throw fileProblem(error, `the temporary file ${shown}`, 'write')
  }
}

/** Reads the next part while the one before is being processed. */
async function* partsOf(
  values: string,
  weights: string | null,
  { rows, columns, chunkRows }: { readonly rows: number; readonly columns: number; readonly chunkRows: number },
): AsyncGenerator<Rows> {
  const partRows = Math.max(1, Math.min(rows, chunkRows))
  const buffers = [0, 1].map(() => ({
    values: new Float32Array(partRows * columns),
    weights: weights === null ? undefined : new Float32Array(partRows),
  }))
  const files = await Promise.all([values, ...(weights === null ? [] : [weights])].map((path) => open(path)))
  const read = async (from: number): Promise<Rows> => {
    const count = Math.min(partRows, rows - from)
    const buffer = buffers[(from / partRows) % 2]
    const numbers = buffer.values.subarray(0, count * columns)
    const own = buffer.weights?.subarray(0, count)
    await fill(files[0], numbers, from * columns)
    if (own) await fill(files[1], own, from)
    return { matrix: matrix(count, columns, numbers), ...(own && { weights: own }) }
  }
  let next: Promise<Rows> | undefined = rows > 0 ? read(0) : undefined
  try {
    for (let from = 0; next !== undefined; from += partRows) {
      const part: Rows = await next
      next = from + partRows < rows ? read(from + partRows) : undefined
      yield part
    }
  } finally {
    // A part that nothing awaits any more.
    await next?.catch(() => undefined)
    await Promise.all(files.map((file) => file.close()))
  }
}

async function fill(file: FileHandle, numbers: Float32Array, from: number): Promise<void> {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, from * BYTES + at)
    if (bytesRead === 0) throw new ProblemError('not-readable', 'the temporary file', 'it was cut short while in use')
    at += bytesRead
  }
}

function picking(path: string, columns: number): StoredRows['pick'] {
  return (chosen) => {
    const picked = matrix(chosen.length, columns)
    const file = openSync(path, 'r')
    try {
      chosen.forEach((i, at) => {
        const row = rowOf(picked, at)
        readSync(
          file,
          new Uint8Array(row.buffer, row.byteOffset, row.byteLength),
          0,
          columns * BYTES,
          i * columns * BYTES,
        )
      })
    } finally {
      closeSync(file)
    }
    return picked
  }
}
