import { answerCells, answerNumbers, type CellColumn, type Matched } from '@som/core'
import type { BesideCells } from '@som/io'

/** What a map says about rows, as the cells of a column that is written beside them. */
export function besideCells<Found extends Pick<Matched, 'unit'>>(column: CellColumn<Found>, found: Found): BesideCells {
  const numbers = answerNumbers(column, found)
  const { kind, levels = [], none } = column
  if (none !== undefined) return answerCells(column, found)
  return kind === 'text' ? Array.from(numbers, (place) => levels[place] ?? null) : numbers
}
