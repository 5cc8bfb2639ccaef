import { trimCell } from '@som/core'

/**
 * Cells that are read as missing, whatever their case and the spaces around them; an empty cell is missing as well.
 * A column of numbers may hold any of them. A column that holds any other text is text.
 */
export const MISSING_MARKERS: readonly string[] = [
  'na',
  'n/a',
  '#n/a',
  'nan',
  'null',
  'nil',
  'none',
  'missing',
  '?',
  '-',
  '--',
  '.',
]

const MISSING = new Set(['', ...MISSING_MARKERS])

/** Whether a cell of a table stands for a missing value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(trimCell(cell).toLowerCase())
}
