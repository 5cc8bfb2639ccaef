import { type Issue, suggest } from '@som/core'
import Result from 'true-myth/result'
import type { Problem } from './problem.ts'
import type { Column, Table } from './table.ts'

/** Which columns of a table are used, by name. */
export interface ColumnChoice {
  /** The features; every numeric column where not given. */
  readonly columns?: readonly string[]
  /** Columns that are not to be features. */
  readonly exclude?: readonly string[]
  /** The column that holds each row's class. */
  readonly label?: string
  /** The column that names each row. */
  readonly id?: string
  /** The column that holds each row's weight. */
  readonly weight?: string
}

/** Chosen columns, as positions in the table. */
export interface Selection {
  readonly features: readonly number[]
  readonly label?: number
  readonly id?: number
  readonly weight?: number
  /** Columns that nobody asked to leave out, and why they are not features. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
}

/** Finds the columns that `choice` names and checks that they can serve. Every issue at once. */
export function selectColumns(table: Pick<Table, 'columns'>, choice: ColumnChoice = {}): Result<Selection, Problem> {
  const issues: Issue[] = []
  const names = table.columns.map((column) => column.name)
  const find = (path: string, name: string): number => {
    const at = names.indexOf(name)
    if (at < 0) issues.push({ path, message: unknownColumn(name, names) })
    return at
  }
  const one = (path: string, name: string | undefined): number | undefined =>
    name === undefined ? undefined : find(path, name)

  const excluded = new Set((choice.exclude ?? []).map((name) => find('exclude', name)))
  const label = one('label', choice.label)
  const id = one('id', choice.id)
  const weight = one('weight', choice.weight)
  if (weight !== undefined && weight >= 0) issues.push(...notNumeric('weight', table.columns[weight]))

  const leftOut: { name: string; reason: string }[] = []
  const features: number[] = []
  if (choice.columns) {
    for (const name of new Set(choice.columns)) {
      const at = find('columns', name)
      if (at < 0 || excluded.has(at)) continue
      issues.push(...notNumeric('columns', table.columns[at]))
      features.push(at)
    }
  } else {
    table.columns.forEach((column, i) => {
      if (excluded.has(i) || i === label || i === id || i === weight) return
      const reason = reasonToLeaveOut(column)
      if (reason === null) {
        issues.push(...notNumeric('columns', column))
        features.push(i)
      } else leftOut.push({ name: column.name, reason })
    })
  }
  if (features.length === 0 && issues.length === 0) issues.push({ path: 'columns', message: noneLeft(leftOut) })
  if (issues.length > 0) return Result.err({ kind: 'choice', issues })
  return Result.ok({ features, label, id, weight, leftOut })
}

/** Says that there is no column of this name, and which one may be meant. */
export function unknownColumn(name: string, names: readonly string[]): string {
  const meant = suggest(name, names)
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? `, … (${names.length} in all)` : '')
  const hint = meant === undefined ? `the columns are ${shown}` : `did you mean "${meant}"?`
  return `expected a column named ${JSON.stringify(name)}, found none; ${hint}`
}

/** Why a column that was chosen cannot be read as finite numbers: no issue when it can. */
export function notNumeric(path: string, column: Column): Issue[] {
  const { name, kind, odd } = column
  if (kind === 'boolean' || (kind === 'number' && odd === undefined)) return []
  const named = `column ${JSON.stringify(name)}`
  if (kind === 'empty') return [{ path, message: `${named}: expected numbers, found every cell missing; leave it out` }]
  const found = `found ${JSON.stringify(odd?.value)} in row ${odd?.row}`
  const wanted = kind === 'number' ? 'finite numbers' : 'numbers'
  return [
    { path, message: `${named}: expected ${wanted}, ${found}; correct the cell, empty it, or leave the column out` },
  ]
}

function reasonToLeaveOut(column: Column): string | null {
  const found =
    column.odd === undefined ? '' : ` (row ${column.odd.row} has ${JSON.stringify(shorten(column.odd.value))})`
  if (column.kind === 'text') return `text${found}`
  if (column.kind === 'time') return `dates or times${found}`
  if (column.kind === 'empty') return 'every cell is missing'
  if (column.counter) return 'it counts the rows; name it in the columns to use it'
  return null
}

function noneLeft(leftOut: readonly { name: string; reason: string }[]): string {
  const told = leftOut.slice(0, 10).map(({ name, reason }) => `${name}: ${reason}`)
  const why = told.length > 0 ? `; left out: ${told.join('; ')}` : ''
  return `expected at least one column of numbers, found none${why}`
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
