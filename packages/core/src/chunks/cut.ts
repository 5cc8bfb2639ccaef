import type { Rows } from '../backend/backend.ts'
import { isSparse, matrix, rowsOf } from '../rows/matrix.ts'

/** Counts rows into chunks: says how many of the next ones belong to the open chunk. */
export interface ChunkCount {
  /**
   * Calls `visit` with pieces of `rows` rows, none across the end of a chunk; `close` after the last row of each chunk.
   * Rows that do not count (of weight 0) close nothing.
   */
  cut(rows: number, visit: (from: number, to: number) => void, counts?: (row: number) => boolean): void
  /** Ends the last chunk, if it has a row; gives how many chunks there are. */
  end(): number
  /** Ends the open chunk; the rows that follow begin this one. */
  seek(chunk: number): void
}

/** `close` is called with the number of each chunk once it is complete. */
export function chunkCount(chunkRows: number, close: (chunk: number) => void): ChunkCount {
  let [chunk, filled] = [0, 0]
  const closeFull = (): void => {
    close(chunk++)
    filled = 0
  }
  return {
    cut(rows, visit, counts) {
      let from = 0
      while (from < rows) {
        let to = from
        if (counts === undefined) {
          to = Math.min(rows, from + chunkRows - filled)
          filled += to - from
        } else {
          while (to < rows && filled < chunkRows) if (counts(to++)) filled++
        }
        visit(from, to)
        if (filled === chunkRows) closeFull()
        from = to
      }
    },
    end() {
      if (filled > 0) closeFull()
      return chunk
    },
    seek(next) {
      if (filled > 0) closeFull()
      chunk = next
    },
  }
}

/**
 * Rows in parts of exactly `chunkRows`, the last one with what is left. A chunk is valid until the next is requested.
 */
export async function* inChunks(parts: AsyncIterable<Rows>, chunkRows: number): AsyncGenerator<Rows> {
  let waiting: Rows[] = []
  let rows = 0
  for await (const part of parts) {
    let from = 0
    while (from < part.matrix.rows) {
      const to = Math.min(part.matrix.rows, from + chunkRows - rows)
      const piece = pieceOf(part, from, to)
      rows += to - from
      from = to
      if (rows < chunkRows) {
        // The end of the part, whose memory is valid only until the next one is requested.
        waiting.push(copied(piece))
        continue
      }
      yield waiting.length === 0 ? piece : joined([...waiting, piece], rows)
      waiting = []
      rows = 0
    }
  }
  if (rows > 0) yield joined(waiting, rows)
}

function pieceOf({ matrix: all, weights }: Rows, from: number, to: number): Rows {
  if (isSparse(all)) throw new TypeError('expected dense rows')
  if (from === 0 && to === all.rows) return { matrix: all, ...(weights && { weights }) }
  return { matrix: rowsOf(all, from, to), ...(weights && { weights: weights.subarray(from, to) }) }
}

function copied({ matrix: all, weights }: Rows): Rows {
  if (isSparse(all)) throw new TypeError('expected dense rows')
  return { matrix: matrix(all.rows, all.columns, all.data.slice()), ...(weights && { weights: weights.slice() }) }
}

function joined(pieces: readonly Rows[], rows: number): Rows {
  if (pieces.length === 1) return pieces[0]
  const { columns } = pieces[0].matrix
  const all = matrix(rows, columns)
  const weights = pieces[0].weights && new Float32Array(rows)
  let at = 0
  for (const piece of pieces) {
    if (isSparse(piece.matrix)) throw new TypeError('expected dense rows')
    all.data.set(piece.matrix.data, at * columns)
    if (piece.weights) weights?.set(piece.weights, at)
    at += piece.matrix.rows
  }
  return { matrix: all, ...(weights && { weights }) }
}
