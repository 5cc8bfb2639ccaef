import type { Selection, Table } from '@som/io'
import { quotedName, shellWord } from './text.ts'

/** A text column with more levels is not a category unless the user names it as one. */
export const MOST_LEVELS = 20
/** The least mean number of rows per level of a category. */
const LEAST_ROWS = 2

/** Whether a text column with so many levels looks like a category. */
export const areFew = (levels: number, rows: number): boolean => levels <= MOST_LEVELS && levels * LEAST_ROWS <= rows

/** A note about the text columns that were left out and look like categories, if any. */
export async function categoryHint(table: Table, { leftOut }: Pick<Selection, 'leftOut'>): Promise<string[]> {
  const names: string[] = []
  for (const [i, { name, kind }] of table.columns.entries()) {
    if (kind !== 'text' || !leftOut.some((left) => left.name === name)) continue
    const levels = await table.levels(i, MOST_LEVELS + 1)
    if (levels.length > 1 && areFew(levels.length, table.rows)) names.push(name)
  }
  if (names.length === 0) return []
  const words = names.map(quotedName).join(',')
  return [`text can be a feature too: --categories ${shellWord(words)}`]
}
