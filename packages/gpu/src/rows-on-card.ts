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
  private readonly made = new Map<number, GPUBuffer>()

  constructor(card: Card, matrix: Matrix) {
    this.card = card
    this.matrix = matrix
    this.ready = readyRows(matrix)
  }

  /** All rows in order, as long as a buffer is. */
  *buffers(): Generator<{ x: GPUBuffer; first: number; rows: number }> {
    const { rows, columns } = this.matrix
    const most = wholeTiles(this.card.binding / (4 * columns))
    for (let first = 0; first < rows; first += most) {
      const end = Math.min(rows, first + most)
      yield { x: this.bufferOf(first, end), first, rows: end - first }
    }
  }

  /** All rows in order, in parts that one dispatch compares with `units` prototypes. */
  *parts(units: number): Generator<Part> {
    const most = wholeTiles(MOST_WORK / (units * this.matrix.columns))
    for (const { x, first, rows } of this.buffers()) {
      for (let within = 0; within < rows; within += most) {
        yield { x, within, first: first + within, rows: Math.min(most, rows - within) }
      }
    }
  }

  destroy(): void {
    for (const buffer of this.made.values()) buffer.destroy()
    this.made.clear()
  }

  private bufferOf(start: number, end: number): GPUBuffer {
    const { columns, data } = this.matrix
    const had = this.made.get(start)
    if (had) return had
    const buffer = this.card.holding(scaledBy(data.subarray(start * columns, end * columns), this.ready.scale))
    this.made.set(start, buffer)
    return buffer
  }
}

function wholeTiles(rows: number): number {
  return Math.max(1, Math.floor(rows / TILE)) * TILE
}
