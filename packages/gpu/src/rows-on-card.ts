import type { Matrix } from '@som/core'
import type { Card } from './card.ts'
import { type ReadyRows, readyRows, scaledBy } from './ready-rows.ts'
import { TILE } from './wgsl/shortlist.ts'

/** The most multiply-adds of one dispatch: a fraction of a second, so that a desktop's watchdog does not end it. */
const MOST_WORK = 2 ** 32

/** Rows of one buffer, some at a time. */
export interface Part {
  readonly x: GPUBuffer
  /** The part's first row within the buffer. */
  readonly within: number
  /** And among all rows. */
  readonly first: number
  readonly rows: number
}

/** Dense rows in buffers that are as long as a binding may be. They are copied when they are first walked over. */
export class RowsOnCard {
  readonly matrix: Matrix
  readonly ready: ReadyRows
  private readonly card: Card
  private readonly buffers = new Map<number, GPUBuffer>()

  constructor(card: Card, matrix: Matrix) {
    this.card = card
    this.matrix = matrix
    this.ready = readyRows(matrix)
  }

  /** All rows in order, in parts that one dispatch compares with `units` prototypes. */
  *parts(units: number): Generator<Part> {
    const { rows, columns } = this.matrix
    const perBuffer = wholeTiles(this.card.binding / (4 * columns))
    const perPart = Math.min(perBuffer, wholeTiles(MOST_WORK / (units * columns)))
    for (let start = 0; start < rows; start += perBuffer) {
      const end = Math.min(rows, start + perBuffer)
      const x = this.bufferOf(start, end)
      for (let first = start; first < end; first += perPart) {
        yield { x, within: first - start, first, rows: Math.min(perPart, end - first) }
      }
    }
  }

  destroy(): void {
    for (const buffer of this.buffers.values()) buffer.destroy()
    this.buffers.clear()
  }

  private bufferOf(start: number, end: number): GPUBuffer {
    const { columns, data } = this.matrix
    const had = this.buffers.get(start)
    if (had) return had
    const buffer = this.card.holding(scaledBy(data.subarray(start * columns, end * columns), this.ready.scale))
    this.buffers.set(start, buffer)
    return buffer
  }
}

function wholeTiles(rows: number): number {
  return Math.max(1, Math.floor(rows / TILE)) * TILE
}
