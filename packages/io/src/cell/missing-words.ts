import { trimCell } from '@som/core'
import { type Decimals, plainNumber } from './cell-number.ts'

/** Further cells that mean a missing value, as a user gives them: texts, and the numbers that some of them are. */
export interface MissingWords {
  /** Without the spaces around them. */
  readonly texts: ReadonlySet<string>
  readonly numbers: ReadonlySet<number>
}

const POINTS: Decimals = { point: 'decimal', comma: 'never' }

export function missingWords(words: readonly string[] = []): MissingWords {
  const numbers = words.map((word) => plainNumber(word, POINTS) ?? Number.NaN).filter(Number.isFinite)
  return { texts: new Set(words.map(trimCell)), numbers: new Set(numbers) }
}

/** Whether a cell is one of the words: a text that is alike, or the same number (-999, -999.0). */
export function isWord(cell: unknown, { texts, numbers }: MissingWords): boolean {
  if (typeof cell === 'number' || typeof cell === 'bigint') return numbers.has(Number(cell))
  if (typeof cell !== 'string') return false
  return texts.has(trimCell(cell)) || (numbers.size > 0 && numbers.has(plainNumber(cell, POINTS) ?? Number.NaN))
}
