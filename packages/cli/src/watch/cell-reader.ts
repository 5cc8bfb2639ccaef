import { cellEncoder } from '@som/core'
import { type Commas, cellNumber, isMissing } from '@som/io'
import type { ReadingFeature } from '@som/recipes'

/** A cell whose level training had not: its features are missing. */
export interface NewLevel {
  readonly column: string
  readonly level: string
}

/** Makes the numbers of a reading of the cells of a line, as training made features of the columns. */
export interface CellReader {
  /** The columns that are read. */
  readonly columns: readonly string[]
  /** Writes a reading into `into` from `at` on. What is wrong, or the levels that are new. `cellOf` gives the cell of a column. */
  read(
    cellOf: (column: number) => unknown,
    commas: Commas,
    into: Float64Array,
    at: number,
  ): string | readonly NewLevel[]
}

const NONE: readonly NewLevel[] = []

export function cellReader(features: readonly ReadingFeature[]): CellReader {
  const encoder = cellEncoder(features)
  const kinds = encoder.columns.map((column) => kindOf(column, features))
  return {
    columns: encoder.columns,
    read(cellOf, commas, into, at) {
      const cells = kinds.map(({ numeric }, c) => cellFor(cellOf(c), numeric, commas))
      let problem = ''
      encoder.encode(
        (c) => (isMarker(cells[c]) && !kinds[c].levels?.has(String(cells[c]).trim()) ? null : cells[c]),
        into,
        at,
        (column, expected) => {
          const cell = cells[encoder.columns.indexOf(column)]
          problem ||= kinds[encoder.columns.indexOf(column)].numeric
            ? notANumber(column, cell)
            : wrong(column, expected, cell)
        },
      )
      return problem || newLevels(cells)
    },
  }

  function newLevels(cells: readonly unknown[]): readonly NewLevel[] {
    let found = NONE
    kinds.forEach(({ levels }, c) => {
      const cell = cells[c]
      if (levels === undefined || cell === null || cell === undefined) return
      const level = String(cell).trim()
      if (!levels.has(level) && !isMarker(level)) found = [...found, { column: encoder.columns[c], level }]
    })
    return found
  }
}

interface Kind {
  /** Whether the column is one of numbers, and not of times or levels alone. */
  readonly numeric: boolean
  /** The levels of training, of a category. */
  readonly levels?: ReadonlySet<string>
}

function kindOf(column: string, features: readonly ReadingFeature[]): Kind {
  const levels = features.flatMap(({ source }) =>
    source !== undefined && 'level' in source && source.column === column ? [source.level] : [],
  )
  const numeric = features.some(({ name, source }) => source === undefined && name === column)
  return { numeric, ...(levels.length > 0 && { levels: new Set(levels) }) }
}

/** Text of numbers as numbers, as in CSV. What is no number stays, to be told. */
function cellFor(cell: unknown, numeric: boolean, commas: Commas): unknown {
  if (!numeric) return cell
  const x = numberOf(cell, commas)
  return x === null ? cell : Number.isNaN(x) ? null : x
}

function isMarker(cell: unknown): boolean {
  return typeof cell === 'string' && isMissing(cell)
}

/** NaN for a missing value, null for what is no number. */
export function numberOf(value: unknown, commas: Commas): number | null {
  if (value === undefined || value === null) return Number.NaN
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') return null
  const flag = FLAGS[value.trim().toLowerCase()]
  return flag ?? cellNumber(value, commas)
}

/** Booleans as tables write them. */
const FLAGS: Readonly<Record<string, number | undefined>> = { true: 1, false: 0 }

export function notANumber(column: string, value: unknown): string {
  return wrong(column, 'a finite number or a missing value', value)
}

function wrong(column: string, expected: string, value: unknown): string {
  return `${column}: expected ${expected}, found ${short(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? ''))}`
}

/** Enough of a text to know it by. */
export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
