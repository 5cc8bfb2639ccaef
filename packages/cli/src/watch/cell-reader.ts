import { cellEncoder } from '@som/core'
import { type Decimals, rowCells } from '@som/io'
import type { ReadingFeature } from '@som/recipes'

/** A cell whose level did not occur in training: its features are missing. */
export interface NewLevel {
  readonly column: string
  readonly level: string
}

/** Turns the cells of a line into the numbers of a reading, as training turned columns into features. */
export interface CellReader {
  /** The columns that are read. */
  readonly columns: readonly string[]
  /** Whether the column at this place is one of numbers. */
  isNumber(column: number): boolean
  /**
   * Writes a reading into `into` at `at`. Returns what is wrong, or the new levels. `cellOf` gives the cell of a
   * column.
   */
  read(
    cellOf: (column: number) => unknown,
    decimals: Decimals,
    into: Float64Array,
    at: number,
  ): string | readonly NewLevel[]
}

export function cellReader(features: readonly ReadingFeature[]): CellReader {
  const encoder = cellEncoder(features)
  const { columns } = encoder
  const cells = rowCells(columns, features)
  const isPlain = features.every(({ source }) => source === undefined)
  return {
    columns,
    isNumber: cells.isNumber,
    read(cellOf, decimals, into, at) {
      if (isPlain) return readNumbers(columns, (c) => cells.cell(c, cellOf(c), decimals), cellOf, into, at)
      let problem = ''
      encoder.encode(
        (c) => cells.cell(c, cellOf(c), decimals),
        into,
        at,
        (column, expected) => {
          const c = columns.indexOf(column)
          const wanted = cells.isNumber(c) ? NUMBER : expected
          problem ||= wrong(column, wanted, cellOf(c))
        },
      )
      if (problem !== '') return problem
      return columns.flatMap((column, c) => {
        const level = cells.newLevel(c, cellOf(c))
        return level === undefined ? [] : [{ column, level }]
      })
    },
  }
}

const NUMBER = 'a finite number or a missing value'
const NONE: readonly NewLevel[] = []

/** As core's encoder, where each column is a feature of its own. */
function readNumbers(
  columns: readonly string[],
  cellOf: (column: number) => unknown,
  givenOf: (column: number) => unknown,
  into: Float64Array,
  at: number,
): string | readonly NewLevel[] {
  for (let c = 0; c < columns.length; c++) {
    const cell = cellOf(c)
    const isNumber = typeof cell === 'number' ? Number.isFinite(cell) : typeof cell === 'boolean'
    if (!isNumber && cell !== null && cell !== undefined) return wrong(columns[c], NUMBER, givenOf(c))
    into[at + c] = isNumber ? Number(cell) : Number.NaN
  }
  return NONE
}

const wrong = (column: string, expected: string, value: unknown): string =>
  `${column}: expected ${expected}, found ${found(value)}`

const found = (value: unknown): string =>
  short(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? ''))

/** The start of a text, enough to recognise it. */
export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
