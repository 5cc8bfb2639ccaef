import { type Feature, type Issue, partsOf, sourceName, type TimeUse } from '@som/core'
import Result from 'true-myth/result'
import { notNumeric, notTime, unknownColumn } from './column-messages.ts'
import { findFeatures, type Input, type Selection } from './features.ts'
import type { Problem } from './problem.ts'
import type { Column, ColumnKind, Table } from './table.ts'

/**
 * Which columns of a table to use, by name. `columns`, `exclude` and `categories` also take patterns such as `sensor_*`
 * and types such as `type:number`.
 */
export interface ColumnChoice {
  /** The features; by default every numeric column. */
  readonly columns?: readonly string[]
  /** Columns to exclude from the features. */
  readonly exclude?: readonly string[]
  /** Columns to read as categories: one feature per level. */
  readonly categories?: readonly string[]
  /** Columns of dates or times, and the features to make from each. */
  readonly times?: Readonly<Record<string, readonly TimeUse[]>>
  /** The column with each row's class. */
  readonly label?: string
  /** The column that names each row. */
  readonly id?: string
  /** The column with each row's weight: numbers of at least 0. */
  readonly weight?: string
  /** Columns to predict: not features, not even where a pattern of `columns` selects them. */
  readonly targets?: readonly string[]
}

/** Finds the columns that `choice` names and checks that they can be used. Reports every issue at once. */
export function selectColumns(table: Pick<Table, 'columns'>, choice: ColumnChoice = {}): Result<Selection, Problem> {
  const issues: Issue[] = []
  const { columns } = table
  const find = (path: string, name: string): number[] => {
    const found = columnsNamed(columns, name)
    if (found.length === 0) issues.push({ path, message: noColumn(name, columns) })
    return found
  }
  const one = (path: string, name: string | undefined): number | undefined => {
    if (name === undefined) return undefined
    const at = columns.findIndex((column) => column.name === name)
    if (at < 0) issues.push({ path, message: noColumn(name, columns) })
    return at
  }
  const all = (path: 'columns' | 'exclude' | 'categories'): number[] => [
    ...new Set((choice[path] ?? []).flatMap((name) => find(path, name))),
  ]

  const excluded = new Set(all('exclude'))
  const label = one('label', choice.label)
  const id = one('id', choice.id)
  const weight = one('weight', choice.weight)
  if (weight !== undefined && weight >= 0) issues.push(...notNumeric('weight', columns[weight]))
  const categories = new Set(all('categories'))
  const targets = new Set((choice.targets ?? []).flatMap((name) => one('target', name) ?? []))
  const times = new Map<number, readonly TimeUse[]>()
  for (const [name, uses] of Object.entries(choice.times ?? {})) {
    const at = one('times', name) ?? -1
    if (at < 0) continue
    if (columns[at].kind !== 'time' && columns[at].kind !== 'empty')
      issues.push({ path: 'times', message: notTime(columns[at]) })
    if (categories.has(at))
      issues.push({ path: 'times', message: `${JSON.stringify(name)} is also one of the categories; choose one` })
    times.set(at, uses)
  }

  for (const path of ['columns', 'categories', 'times'] as const) {
    const named = path === 'times' ? Object.keys(choice.times ?? {}) : choice[path]
    const both = choice.targets?.filter((name) => named?.includes(name)) ?? []
    for (const name of both)
      issues.push({
        path: 'target',
        message: `${JSON.stringify(name)} is also one of the ${path}; a feature would give the answer away`,
      })
  }

  const leftOut: { name: string; reason: string }[] = []
  const features: Selection['features'][number][] = []
  const take = (i: number): void => {
    if (categories.has(i)) features.push({ category: i })
    else if (times.has(i)) features.push(...timeInputs(columns[i].name, i, times.get(i) ?? []))
    else {
      issues.push(...notNumeric('columns', columns[i]))
      features.push({ name: columns[i].name, column: i })
    }
  }
  if (choice.columns) {
    const chosen = new Set([...all('columns'), ...categories, ...times.keys()])
    for (const i of chosen) if (!excluded.has(i) && !targets.has(i)) take(i)
  } else {
    columns.forEach((column, i) => {
      if (excluded.has(i) || targets.has(i) || i === label || i === id || i === weight) return
      const reason = categories.has(i) || times.has(i) ? null : reasonToLeaveOut(column)
      if (reason === null) take(i)
      else leftOut.push({ name: column.name, reason })
    })
  }
  if (features.length === 0 && issues.length === 0)
    issues.push({ path: 'columns', message: noneLeft(leftOut, columns) })
  if (issues.length > 0) return Result.err({ kind: 'choice', issues })
  return Result.ok({ features, label, id, weight, leftOut })
}

function timeInputs(name: string, column: number, uses: readonly TimeUse[]): Input[] {
  return uses.flatMap(partsOf).map((time) => {
    const source = { column: name, time }
    return { name: sourceName(source), column, source }
  })
}

/** The features of a map as columns of another table, and the additional columns. Reports every issue at once. */
export function selectFeatures(
  table: Pick<Table, 'name' | 'columns'>,
  features: readonly Feature[],
  beside: Pick<ColumnChoice, 'label' | 'id' | 'weight'> = {},
): Result<Selection, Problem> {
  const issues: Issue[] = []
  const one = (path: 'label' | 'id' | 'weight'): number | undefined => {
    const name = beside[path]
    if (name === undefined) return undefined
    const at = table.columns.findIndex((column) => column.name === name)
    if (at < 0) issues.push({ path, message: noColumn(name, table.columns) })
    return at
  }
  const [label, id, weight] = [one('label'), one('id'), one('weight')]
  if (weight !== undefined && weight >= 0) issues.push(...notNumeric('weight', table.columns[weight]))
  const found = findFeatures(table, features)
  if (found.isErr) issues.push(...found.error.map(({ message }) => ({ path: 'columns', message })))
  if (found.isErr || issues.length > 0) return Result.err({ kind: 'choice', issues })
  const used = new Set([...found.value.map(({ column }) => column), label, id, weight])
  const unused = table.columns.filter((_, i) => !used.has(i))
  const leftOut = unused.map(({ name }) => ({ name, reason: 'not a feature of the map' }))
  return Result.ok({ features: found.value, label, id, weight, leftOut })
}

/** Why a column is left out unless it is named; null for one that is a feature. */
export function reasonToLeaveOut(column: Column): string | null {
  const found =
    column.odd === undefined ? '' : ` (row ${column.odd.row} has ${JSON.stringify(shorten(column.odd.value))})`
  if (column.kind === 'text') return `text${found}`
  if (column.kind === 'time') return `dates or times${found}`
  if (column.kind === 'empty') return 'every cell is missing'
  if (column.names !== undefined) return `${column.names}; name it in the columns to use it`
  if (column.counter) return 'it counts the rows; name it in the columns to use it'
  return null
}

/** Numbers in one cell with spaces between them. */
const SPACED = /^\s*[+-]?[\d.,]+( +[+-]?[\d.,]+)+\s*$/

function noneLeft(leftOut: readonly { name: string; reason: string }[], columns: readonly Column[]): string {
  const [{ odd }] = columns
  if (columns.length === 1 && odd !== undefined && SPACED.test(odd.value))
    return `expected at least one column of numbers, found one column with cells such as ${JSON.stringify(shorten(odd.value))}; where a space is between cells: --delimiter " "`
  const told = leftOut.slice(0, 10).map(({ name, reason }) => `${name}: ${reason}`)
  const why = told.length > 0 ? `; left out: ${told.join('; ')}` : ''
  const hint = leftOut.some(({ reason }) => /^text\b/.test(reason))
    ? '; name columns of text as categories to use them'
    : ''
  return `expected at least one column of numbers, found none${why}${hint}`
}

/** The positions of the columns that a name, a pattern or a type selects. A name takes precedence over a pattern. */
export function columnsNamed(columns: readonly Column[], name: string): number[] {
  const at = columns.findIndex((column) => column.name === name)
  if (at >= 0) return [at]
  const kind = /^type:(.*)$/.exec(name)?.[1]
  const pattern = /[*?]/.test(name) ? globOf(name) : undefined
  return columns.flatMap((column, i) => (column.kind === kind || pattern?.test(column.name) ? [i] : []))
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}

const KINDS: readonly ColumnKind[] = ['number', 'boolean', 'time', 'text', 'empty']

function noColumn(name: string, columns: readonly Column[]): string {
  if (name.startsWith('type:')) {
    const kinds = KINDS.filter((kind) => columns.some((column) => column.kind === kind))
    return `unknown column type: expected one of (${kinds.map((kind) => `type:${kind}`).join(', ')}), found ${JSON.stringify(name)}`
  }
  return unknownColumn(
    name,
    columns.map((column) => column.name),
  )
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
