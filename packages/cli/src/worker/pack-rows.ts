import { Refusal } from '@som/server/command'
import { arrowRows } from '@som/server/scoring'
import { arrowOut, type Row } from './arrow-out.ts'
import type { Frame } from './frames.ts'

/** The columns of pieces of chunks. */
const PIECES = { chunk: 'long', first: 'long', rows: 'int', data: 'bytes' } as const

/** What a frame holds that asks for rows to be packed: which columns, and the number of the first row. */
interface PackHead {
  readonly columns: readonly string[]
  readonly chunkRows: number
  readonly start: number
}

/** Rows of an Arrow stream as pieces of chunks: their numbers as f64, row by row. */
export function packRows({ head }: Frame, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return arrowOut(PIECES, pieces(head as unknown as PackHead, rest))
}

async function* pieces(
  { columns, chunkRows, start }: PackHead,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row[]> {
  let at = start
  for await (const { rows, data } of arrowRows(rest, columns, (issues) => new Refusal(issues))) {
    const cut: Row[] = []
    for (let from = 0; from < rows; ) {
      const first = at % chunkRows
      const count = Math.min(rows - from, chunkRows - first)
      const part = data.subarray(from * columns.length, (from + count) * columns.length)
      cut.push({
        chunk: Math.floor(at / chunkRows),
        first,
        rows: count,
        data: new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
      })
      from += count
      at += count
    }
    yield cut
  }
}
