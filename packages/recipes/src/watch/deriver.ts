import type { Derived } from '@som/core'

/** Earlier readings that later features need, oldest first; null is a missing value. */
export type History = readonly (readonly (number | null)[])[]

/** Derives features from consecutive readings. Keeps only as many readings as the longest lag or window needs. */
export class Deriver {
  readonly width: number
  /** How many readings are kept before the newest. */
  readonly depth: number
  private readonly columns: number
  private readonly derived: readonly Derived[]
  private readonly ring: Float64Array
  private readonly slots: number
  private seen = 0

  constructor(columns: number, derived: readonly Derived[]) {
    this.columns = columns
    this.derived = derived
    this.width = derived.length
    this.depth = depthOf(derived)
    this.slots = this.depth + 1
    this.ring = new Float64Array(this.slots * columns).fill(Number.NaN)
  }

  /** The features of `rows` readings, row by row; NaN for a reading that is missing or before the start. */
  features(readings: Float64Array, rows: number): Float64Array {
    const { columns, width, derived } = this
    const out = new Float64Array(rows * width)
    for (let i = 0; i < rows; i++) {
      const slot = this.seen % this.slots
      for (let c = 0; c < columns; c++) this.ring[slot * columns + c] = readings[i * columns + c]
      for (let f = 0; f < width; f++) out[i * width + f] = this.one(derived[f], slot)
      this.seen++
    }
    return out
  }

  /** The state for `restore`. */
  history(): History {
    const kept = Math.min(this.seen, this.depth)
    return Array.from({ length: kept }, (_, i) => {
      const slot = (this.seen - kept + i) % this.slots
      const row = this.ring.subarray(slot * this.columns, (slot + 1) * this.columns)
      return Array.from(row, (x) => (Number.isNaN(x) ? null : x))
    })
  }

  restore(history: History): void {
    const flat = history.flatMap((row) => row.map((x) => x ?? Number.NaN))
    this.seen = 0
    this.features(Float64Array.from(flat), history.length)
  }

  private one({ column, by, steps }: Derived, slot: number): number {
    const now = this.ring[slot * this.columns + column]
    if (by === 'value') return now
    if (by === 'lag') return this.before(steps, column)
    if (by === 'difference') return now - this.before(steps, column)
    return this.overWindow(column, steps, by === 'deviation')
  }

  private before(steps: number, column: number): number {
    if (steps > this.seen) return Number.NaN
    return this.ring[((this.seen - steps) % this.slots) * this.columns + column]
  }

  private overWindow(column: number, steps: number, deviation: boolean): number {
    let sum = 0
    let squares = 0
    let present = 0
    // Uses differences from one of the values, so that large values with a small spread keep their precision.
    let origin = Number.NaN
    for (let k = 0; k < steps && k <= this.seen; k++) {
      const x = this.ring[((this.seen - k) % this.slots) * this.columns + column]
      if (Number.isNaN(x)) continue
      if (present === 0) origin = x
      sum += x - origin
      squares += (x - origin) ** 2
      present++
    }
    if (present === 0) return Number.NaN
    const mean = sum / present
    return deviation ? Math.sqrt(Math.max(0, squares / present - mean * mean)) : origin + mean
  }
}

/** How many readings back a feature looks. */
export function depthOf(derived: readonly Derived[]): number {
  return derived.reduce((most, { by, steps }) => Math.max(most, lookBack(by, steps)), 0)
}

function lookBack(by: Derived['by'], steps: number): number {
  if (by === 'value') return 0
  return by === 'mean' || by === 'deviation' ? steps - 1 : steps
}
