import { type Commas, cellNumber, isSureComma } from '../cell/cell-number.ts'
import { ID } from '../cell/index-column.ts'
import { isMissing } from '../cell/missing.ts'
import type { Column, ColumnKind } from '../table.ts'

/** A cell as a reader gives it. */
export type Cell = string | number | bigint | boolean | Date | null | undefined

/** A column whose cells are all in memory. */
export interface CellColumn {
  readonly column: Column
  /** NaN where a value is missing; seconds since the start of 1970 for a time. */
  number(row: number): number
  /** Null where a cell is empty. */
  text(row: number): string | null
}

const TIME = /^\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?$/
const CLOCK = /^(\d{1,2}):(\d{2})(:(\d{2}(\.\d+)?))?$/

/** Ways to read a column's cells as numbers, the first that fits all of them counts; NaN where one does not fit. The rules are those of tables that are read from files. */
const readers: readonly { readonly kind: ColumnKind; read(cell: Cell): number }[] = [
  { kind: 'number', read: numberIn },
  { kind: 'boolean', read: flagIn },
  { kind: 'time', read: secondsIn },
  {
    kind: 'number',
    read: commaNumberIn,
  },
]

/** Looks at a column: what its cells are, and which of them does not fit. */
export function columnOf(name: string, cells: readonly Cell[], commas: Commas = 'sure'): CellColumn {
  const present = cells.map((cell) => !isGone(cell))
  const text = (row: number): string | null => textOf(cells[row])
  const first = cells.find((_, row) => present[row])
  if (first === undefined) return { column: { name, kind: 'empty', counter: false }, number: () => Number.NaN, text }
  const fits = readers.find(({ read }, at) => {
    if (at === readers.length - 1 && commas !== 'decimal' && !cells.some(hasSureComma)) return false
    return cells.every((cell, row) => !present[row] || isRead(cell, read(cell)))
  })
  const reader = fits ?? readers[0]
  const number = (row: number): number => (present[row] ? reader.read(cells[row]) : Number.NaN)
  const bad = cells.findIndex(
    (_, row) => present[row] && (reader.kind === 'time' || !Number.isFinite(number(row)) || !fits),
  )
  const oddAt = fits ? bad : cells.findIndex((cell, row) => present[row] && !Number.isFinite(reader.read(cell)))
  const odd = oddAt < 0 ? undefined : { row: oddAt + 1, value: text(oddAt) ?? '' }
  const kind = fits?.kind ?? 'text'
  const counts = (row: number): boolean => present[row] && (row === 0 || number(row) === number(row - 1) + 1)
  const counter = kind === 'number' && cells.length >= 3 && cells.every((_, row) => counts(row))
  const isId = kind === 'number' && !odd && cells.length > 1 && isIdOf(cells, number)
  return { column: { name, kind, counter, ...(odd && { odd }), ...(isId && { names: ID }) }, number, text }
}

/** Whether whole numbers beyond what JavaScript holds exactly are different in every row. */
function isIdOf(cells: readonly Cell[], number: (row: number) => number): boolean {
  if (!cells.some((_, row) => Math.abs(number(row)) > 2 ** 53)) return false
  const texts = cells.map((cell) => String(cell).trim())
  return texts.every((text) => /^[+-]?\d+$/.test(text)) && new Set(texts).size === texts.length
}

/** Infinity is a number, though one that no feature may have. */
function isRead(cell: Cell, value: number): boolean {
  return !Number.isNaN(value) || (typeof cell === 'number' && Number.isNaN(cell))
}

function numberIn(given: Cell): number {
  if (typeof given === 'number' || typeof given === 'bigint') return Number(given)
  if (typeof given !== 'string') return Number.NaN
  return isMissing(given) ? Number.NaN : (cellNumber(given, 'none') ?? Number.NaN)
}

/** In a column of decimal commas no number has a point. */
function commaNumberIn(cell: Cell): number {
  if (typeof cell !== 'string' || cell.includes('.')) return Number.NaN
  return cellNumber(cell, 'decimal') ?? Number.NaN
}

/** Whether a cell proves that commas in its table are decimal commas. */
export const hasSureComma = (cell: Cell): boolean => typeof cell === 'string' && isSureComma(cell)

function flagIn(cell: Cell): number {
  const text = typeof cell === 'string' ? cell.trim().toLowerCase() : cell
  if (text === true || text === 'true') return 1
  return text === false || text === 'false' ? 0 : Number.NaN
}

function secondsIn(cell: Cell): number {
  if (cell instanceof Date) return cell.getTime() / 1000
  if (typeof cell !== 'string') return Number.NaN
  const text = cell.trim()
  const clock = CLOCK.exec(text)
  if (clock) return 3600 * Number(clock[1]) + 60 * Number(clock[2]) + Number(clock[4] ?? 0)
  if (!TIME.test(text)) return Number.NaN
  const zone = /(Z|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10)) ? '' : 'Z'
  const whole = text.length <= 10 ? `${text}T00:00:00` : text.replace(' ', 'T')
  return Date.parse(`${whole}${zone}`) / 1000
}

function isGone(cell: Cell): boolean {
  if (cell === null || cell === undefined) return true
  return typeof cell === 'string' ? isMissing(cell) : typeof cell === 'number' && Number.isNaN(cell)
}

function textOf(cell: Cell): string | null {
  if (cell === null || cell === undefined || cell === '') return null
  return cell instanceof Date ? cell.toISOString() : String(cell)
}
