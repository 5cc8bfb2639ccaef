import { secondsOfText, trimCell } from '@som/core'
import { cellNumber, type Decimals } from '../cell/cell-number.ts'
import { ID } from '../cell/index-column.ts'
import { isMissing } from '../cell/missing.ts'
import type { Column, ColumnKind } from '../table.ts'

/** A cell from a reader. */
export type Cell = string | number | bigint | boolean | Seconds | null | undefined

/** A time, as seconds since the start of 1970 or since midnight. */
export interface Seconds {
  readonly seconds: number
}

/** A column with all cells in memory. */
export interface CellColumn {
  readonly column: Column
  /** NaN for a missing value; seconds since the start of 1970 for a time. */
  number(row: number): number
  /** Null for an empty cell. */
  text(row: number): string | null
}

/**
 * Ways to read a column's cells as numbers, the first that fits all of them counts; null for a cell that it does not
 * fit.
 */
const readers: readonly { readonly kind: ColumnKind; read(cell: Cell, decimals: Decimals): number | null }[] = [
  { kind: 'boolean', read: flagIn },
  { kind: 'number', read: numberIn },
  { kind: 'time', read: secondsIn },
]

/**
 * Looks at a column by the rules of tables that are read from files: what its cells are, and which of them does not
 * fit.
 */
export function columnOf(name: string, cells: readonly Cell[], decimals: Decimals): CellColumn {
  const present = cells.map((cell) => !isGone(cell))
  const text = (row: number): string | null => textOf(cells[row])
  if (!present.includes(true))
    return { column: { name, kind: 'empty', counter: false }, number: () => Number.NaN, text }
  const fits = readers.find(({ read }) => cells.every((cell, row) => !present[row] || read(cell, decimals) !== null))
  const { read } = fits ?? { read: numberIn }
  const numbers = Float64Array.from(cells, (cell, row) =>
    present[row] ? (read(cell, decimals) ?? Number.NaN) : Number.NaN,
  )
  const number = (row: number): number => numbers[row]
  const isOdd = (row: number): boolean => present[row] && (fits?.kind === 'time' || !Number.isFinite(number(row)))
  const oddAt = cells.findIndex((_, row) => isOdd(row))
  const odd = oddAt < 0 ? undefined : { row: oddAt + 1, value: text(oddAt) ?? '' }
  const kind = fits?.kind ?? 'text'
  const counts = (row: number): boolean => present[row] && (row === 0 || number(row) === number(row - 1) + 1)
  const counter =
    kind === 'number' && cells.length >= 3 && Number.isInteger(number(0)) && cells.every((_, row) => counts(row))
  const isId = kind === 'number' && !odd && cells.length > 1 && isIdOf(cells, number)
  return { column: { name, kind, counter, ...(odd && { odd }), ...(isId && { names: ID }) }, number, text }
}

/** Whether a column has integers that JavaScript cannot hold exactly and that differ in every row. */
function isIdOf(cells: readonly Cell[], number: (row: number) => number): boolean {
  if (!cells.some((_, row) => Math.abs(number(row)) > 2 ** 53)) return false
  const texts = cells.map((cell) => (typeof cell === 'number' ? '' : trimCell(String(cell))))
  return texts.every((text) => /^[+-]?\d+$/.test(text)) && new Set(texts).size === texts.length
}

function numberIn(cell: Cell, decimals: Decimals): number | null {
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell)
  return typeof cell === 'string' ? cellNumber(cell, decimals) : null
}

function flagIn(cell: Cell): number | null {
  const text = typeof cell === 'string' ? trimCell(cell).toLowerCase() : cell
  if (text === true || text === 'true') return 1
  return text === false || text === 'false' ? 0 : null
}

function secondsIn(cell: Cell): number | null {
  if (typeof cell === 'string') return secondsOfText(cell)
  return typeof cell === 'object' && cell !== null ? cell.seconds : null
}

function isGone(cell: Cell): boolean {
  if (cell === null || cell === undefined) return true
  return typeof cell === 'string' ? isMissing(cell) : typeof cell === 'number' && Number.isNaN(cell)
}

function textOf(cell: Cell): string | null {
  if (cell === null || cell === undefined || cell === '') return null
  return typeof cell === 'object' ? new Date(cell.seconds * 1000).toISOString() : String(cell)
}
