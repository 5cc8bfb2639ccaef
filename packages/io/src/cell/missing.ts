import { trimCell } from '@som/core'

/**
 * Cells that are read as missing, in any case and with spaces around them; an empty cell is missing as well. A numeric
 * column may contain any of them. A column with any other text is text.
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

/** Whether a cell means a missing value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(trimCell(cell).toLowerCase())
}
