import type { Constant } from '@som/core'

/** A column that was constant in training and now has another value. */
export interface Change {
  readonly column: string
  readonly value: number
  /** Its value in every training row. */
  readonly usual: number
  /**
   * The share of normal rows that may have another value, at most: 1 / (n + 1) where none of n rows of training has.
   */
  readonly p: number
}

/** A constant column changes, or returns to its usual value. */
export interface ConstantEvent extends Omit<Change, 'p'> {
  readonly kind: 'constant'
  readonly state: 'changed' | 'back'
}

/**
 * The columns of readings with a single value in all rows, ignoring missing values. Entirely missing columns are not
 * included.
 */
export function constantsOf(
  readings: Float64Array,
  columns: number,
  isNumber: (column: number) => boolean,
): Constant[] {
  return Array.from({ length: columns }, (_, column) => column).flatMap((column) => {
    if (!isNumber(column)) return []
    let value = Number.NaN
    let rows = 0
    for (let at = column; at < readings.length; at += columns) {
      const x = readings[at]
      if (Number.isNaN(x)) continue
      rows++
      if (Number.isNaN(value)) value = x
      else if (x !== value) return []
    }
    return Number.isFinite(value) ? [{ column, value, rows }] : []
  })
}

/** Compares the readings of constant columns with their values in training. The map cannot: it has no such feature. */
export class Constants {
  private readonly constants: readonly Constant[]
  private readonly names: readonly string[]
  private readonly changed: boolean[]
  private readonly trained: number

  /** `trained` is the number of rows of training, for constants that do not know theirs. */
  constructor(
    names: readonly string[],
    trained: number,
    constants: readonly Constant[] = [],
    state: readonly boolean[] = [],
  ) {
    this.names = names
    this.trained = trained
    this.constants = constants
    this.changed = constants.map((_, i) => state[i] ?? false)
  }

  snapshot(): readonly boolean[] {
    return [...this.changed]
  }

  /** The changes in the reading that starts at `at`. A missing value is not a change. */
  add(readings: Float64Array, at: number, tell: (event: ConstantEvent) => void): readonly Change[] {
    let changes: Change[] = NONE
    this.constants.forEach(({ column, value: usual, rows = this.trained }, i) => {
      const value = readings[at + column]
      if (Number.isNaN(value)) return
      // Some files have 32-bit numbers.
      const isChanged = Math.fround(value) !== Math.fround(usual)
      const change = { column: this.names[column], value, usual }
      if (isChanged) changes = [...changes, { ...change, p: 1 / (rows + 1) }]
      if (isChanged === this.changed[i]) return
      this.changed[i] = isChanged
      tell({ kind: 'constant', state: isChanged ? 'changed' : 'back', ...change })
    })
    return changes
  }
}

const NONE: Change[] = []
