import type { RawChunk } from '@som/core/spread'
import { arrowPieces } from '@som/io'
import { Refusal } from '@som/server/command'

/** Bytes of a batch, at most. */
const MOST_BATCH_BYTES = 2 ** 30

/** How all rows are cut into chunks. */
export interface ChunkShape {
  readonly rows: number
  readonly chunkRows: number
  readonly width: number
}

/** A chunk, or its number alone where the stream has no data. */
export type ChunkOrNumber = RawChunk | { readonly index: number }

/**
 * The chunks of an Arrow IPC stream, whose rows are pieces of chunks in order: `chunk`, `first` row within it, number
 * of `rows`, and their `data` as f64. Where there is no column `data`, only the numbers of the chunks. Throws a
 * `Refusal`.
 */
export async function* chunksIn(source: AsyncIterable<Uint8Array>, shape: ChunkShape): AsyncGenerator<ChunkOrNumber> {
  let open: OpenChunk | undefined
  let before = -1
  for await (const piece of piecesIn(source)) {
    if (piece.data === undefined) {
      if (piece.chunk !== before) yield { index: piece.chunk }
      before = piece.chunk
      continue
    }
    if (open !== undefined && open.index !== piece.chunk) throw cut(open.index)
    open ??= openChunk(piece.chunk, shape)
    open.put(piece.first, piece.rows, piece.data)
    if (open.filled === open.rows) {
      yield { index: open.index, rows: open.rows, data: open.data }
      open = undefined
    }
  }
  if (open !== undefined) throw cut(open.index)
}

const refused = (message: string): Refusal => new Refusal([{ path: 'rows', message }])
const cut = (chunk: number): Refusal => refused(`chunk ${chunk} is not whole: were the rows the same in each pass?`)

interface Piece {
  readonly chunk: number
  readonly first: number
  readonly rows: number
  readonly data?: Uint8Array
}

async function* piecesIn(source: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const arrow = await import('apache-arrow')
  try {
    const rules = { mostBytes: MOST_BATCH_BYTES, isInflated: false }
    const reader = await arrow.RecordBatchReader.from(arrowPieces(source, rules))
    await reader.open()
    for await (const batch of reader) {
      const [chunk, first, rows, data] = ['chunk', 'first', 'rows', 'data'].map((name) => batch.getChild(name))
      for (let i = 0; i < batch.numRows; i++) {
        const numbers = { chunk: Number(chunk?.get(i)), first: Number(first?.get(i)), rows: Number(rows?.get(i)) }
        yield data === null ? numbers : { ...numbers, data: data.get(i) }
      }
    }
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    throw refused(`expected an Arrow IPC stream of chunks, found: ${error.message.slice(0, 200)}`)
  }
}

interface OpenChunk extends RawChunk {
  filled: number
  put(first: number, rows: number, bytes: Uint8Array): void
}

function openChunk(index: number, { rows, chunkRows, width }: ChunkShape): OpenChunk {
  const own = Math.min(chunkRows, rows - index * chunkRows)
  if (!(Number.isSafeInteger(index) && index >= 0 && own > 0)) throw refused(`found a chunk ${index} that is not there`)
  const data = new Float64Array(own * width)
  const into = new Uint8Array(data.buffer)
  return {
    index,
    rows: own,
    data,
    filled: 0,
    put(first, count, bytes) {
      const isNext = first === this.filled && count > 0 && first + count <= own
      if (!isNext || bytes.length !== count * width * Float64Array.BYTES_PER_ELEMENT) throw cut(index)
      into.set(bytes, first * width * Float64Array.BYTES_PER_ELEMENT)
      this.filled += count
    },
  }
}
