import { type Issue, suggest } from '@som/core'
import type { Column } from './table.ts'

const QUOTED = ' In a list of names, put a name with a comma in double quotes.'

/** The message for an unknown column, with the one that may be meant. */
export function unknownColumn(name: string, names: readonly string[]): string {
  const meant = suggest(name, names)
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? `, … (${names.length} in all)` : '')
  const hint =
    meant === undefined ? `the columns are ${shown}` : `did you mean "${meant}"?${meant.includes(',') ? QUOTED : ''}`
  return `expected a column named ${JSON.stringify(name)}, found none; ${hint}`
}

/** Why a chosen column cannot be read as finite numbers; no issue if it can. */
export function notNumeric(path: string, column: Column): Issue[] {
  const { name, kind, odd } = column
  if (kind === 'boolean' || (kind === 'number' && odd === undefined)) return []
  const named = `column ${JSON.stringify(name)}`
  if (kind === 'empty') return [{ path, message: `${named}: every cell is missing; leave it out` }]
  const found = `found ${JSON.stringify(odd?.value)} in row ${odd?.row}`
  const wanted = kind === 'number' ? 'finite numbers' : 'numbers'
  return [
    { path, message: `${named}: expected ${wanted}, ${found}; correct the cell, empty it, or leave the column out` },
  ]
}

/** The message for a column that was requested as a time and is not one. */
export function notTime({ name, kind, odd }: Column): string {
  const found = odd === undefined ? kind : JSON.stringify(odd.value)
  return `column ${JSON.stringify(name)}: expected dates or times, found ${found}${odd ? ` in row ${odd.row}` : ''}`
}
