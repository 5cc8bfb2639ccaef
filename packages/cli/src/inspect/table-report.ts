import { columnsOf } from '../columns-of.ts'
import { counted, figure, quotedName, shellWord } from '../text.ts'
import type { ColumnLook, TableLook } from './look-at-columns.ts'

/** The columns that the text lists; JSON has all of them. */
const MOST = 40

/** What a table holds, as text. */
export function tableText({ rows, columns, notes }: TableLook): string {
  const lines = columns
    .slice(0, MOST)
    .map((column) => [column.name, column.kind, String(column.missing), valuesOf(column), column.use])
  const more = columns.length > MOST ? `  … and ${columns.length - MOST} more\n` : ''
  const used = columns.filter(({ use }) => use === 'feature').length
  const categories = columns.filter(({ levels = [], hasMore }) => levels.length > 0 && !hasMore)
  return [
    `${counted(rows, 'row')}, ${counted(columns.length, 'column')}; som train uses ${used} of them by default\n\n`,
    columnsOf([['column', 'kind', 'missing', 'values', 'in som train'], ...lines]),
    more,
    categories.length === 0 ? '' : `\n${hintOf(categories)}\n`,
    ...notes.map((note) => `note: ${note}\n`),
  ].join('')
}

const hintOf = (categories: readonly ColumnLook[]): string =>
  `text can be a feature too: --categories ${shellWord(categories.map(({ name }) => quotedName(name)).join(','))}`

/** The same as one JSON object. */
export function tableJson(look: TableLook, file: string): string {
  return `${JSON.stringify({ file, ...look })}\n`
}

function valuesOf({ kind, least, mean, largest, levels, hasMore }: ColumnLook): string {
  if (levels !== undefined) return short(`${levels.slice(0, 4).join(', ')}${hasMore || levels.length > 4 ? ', …' : ''}`)
  if (least === undefined || mean === undefined || largest === undefined) return ''
  if (kind === 'time') return `${moment(least)} to ${moment(largest)}`
  return `${figure(least)} to ${figure(largest)}, mean ${figure(mean)}`
}

/** A time as ISO 8601 writes it, without what is zero. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace(/(T00:00)?(:00)?\.000Z$/, '')
}

const MOST_CHARACTERS = 48
const short = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
