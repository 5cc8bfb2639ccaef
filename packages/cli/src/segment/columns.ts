import type { Issue } from '@som/core'
import { type Column, type ColumnChoice, columnsNamed, type Selection, selectColumns, type Table } from '@som/io'
import Result from 'true-myth/result'
import { areFew, MOST_LEVELS } from '../few-levels.ts'

/** Stop looking for distinct cells after this many. */
const LOOKED_AT = 1000

/** How the columns of a table are used. */
export interface Taken {
  readonly selection: Selection
  /** Columns taken as categories although the user did not name them, and why. */
  readonly categories: readonly { readonly name: string; readonly reason: string }[]
  /** The column that names the rows, if any. */
  readonly id?: string
}

type Verdict = { readonly as: 'number' | 'category' | 'name' | 'none'; readonly reason: string }

/**
 * Chooses columns automatically. Text of 2 to 20 levels, booleans and numbers with two values are categories; other
 * numbers are numbers. Columns with one value, text with more levels, unused times and columns that name rows
 * (counters, text that differs in every row, integers that do and are named like an id) are left out and reported. The
 * first column that names rows names them, unless the user chose another.
 */
export async function takeColumns(table: Table, choice: ColumnChoice): Promise<Result<Taken, readonly Issue[]>> {
  const named = (names: readonly string[] = []): Set<number> =>
    new Set(names.flatMap((name) => columnsNamed(table.columns, name)))
  const wanted = choice.columns && named(choice.columns)
  const said = new Set([
    ...named(choice.exclude),
    ...named(choice.categories),
    ...named(Object.keys(choice.times ?? {})),
    ...named(choice.id === undefined ? [] : [choice.id]),
  ])
  const verdicts = new Map<Column, Verdict>()
  for (const [i, column] of table.columns.entries()) {
    if (said.has(i) || (wanted !== undefined && !wanted.has(i))) continue
    verdicts.set(column, await verdictOf(table, i))
  }
  const those = (as: Verdict['as']): { name: string; reason: string }[] =>
    [...verdicts].flatMap(([{ name }, verdict]) => (verdict.as === as ? [{ name, reason: verdict.reason }] : []))
  const categories = those('category')
  const id = choice.id ?? those('name')[0]?.name
  // A numeric column that the user named is used even if it looks like an id.
  const leftOut = [...those('name'), ...those('none')].filter(
    ({ name }) => !(choice.columns?.includes(name) && isNumber(table, name)),
  )
  const selection = selectColumns(table, {
    ...choice,
    exclude: [...(choice.exclude ?? []), ...leftOut.map(({ name }) => name)],
    categories: [...(choice.categories ?? []), ...categories.map(({ name }) => name)],
    ...(id !== undefined && { id }),
  })
  if (selection.isErr) return Result.err(selection.error.issues.map((issue) => flagged(issue, table, choice, leftOut)))
  const all = { ...selection.value, leftOut: [...selection.value.leftOut, ...leftOut] }
  return Result.ok({ selection: all, categories, ...(id !== undefined && { id }) })
}

async function verdictOf(table: Table, i: number): Promise<Verdict> {
  const { name, names, kind, counter, odd } = table.columns[i]
  if (kind === 'time') return { as: 'none', reason: 'dates or times; --times takes them' }
  if (kind === 'empty') return { as: 'none', reason: 'every cell is missing' }
  if (names !== undefined) return { as: 'name', reason: names }
  if (counter) return { as: 'name', reason: 'it counts the rows' }
  if (kind === 'number') {
    const levels = odd === undefined ? await table.levels(i, 3) : []
    if (levels.length === 1) return { as: 'none', reason: 'the same in every row' }
    if (levels.length === 2) return { as: 'category', reason: 'numbers of two values' }
    const isName = /(^|[^a-z])(id|key|no|nr|number|code|uuid)$/i.test(name) || /[a-z](Id|ID|Key|Code)$/.test(name)
    if (isName && (await allDiffer(table, i))) return { as: 'name', reason: 'different in every row' }
    return { as: 'number', reason: '' }
  }
  const levels = await table.levels(i, MOST_LEVELS + 1)
  if (levels.length === 1) return { as: 'none', reason: 'only one category' }
  if (areFew(levels.length, table.rows))
    return { as: 'category', reason: kind === 'boolean' ? 'yes or no' : `text of ${levels.length} levels` }
  if (await allDiffer(table, i)) return { as: 'name', reason: 'different in every row' }
  const found =
    levels.length > MOST_LEVELS ? `more than ${MOST_LEVELS} levels` : `${levels.length} levels for ${table.rows} rows`
  return { as: 'none', reason: `text of ${found}; --categories includes it anyway` }
}

async function allDiffer(table: Table, i: number): Promise<boolean> {
  const some = Math.min(table.rows, LOOKED_AT)
  if ((await table.levels(i, some)).length < some) return false
  return some === table.rows || (await table.levels(i, table.rows)).length === table.rows
}

function isNumber({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name && column.kind === 'number')
}

/** An issue, under the flag that caused it. */
function flagged(
  { path, message }: Issue,
  table: Table,
  { columns }: ColumnChoice,
  leftOut: readonly { readonly name: string; readonly reason: string }[],
): Issue {
  if (path !== 'columns') return { path: `--${path}`, message }
  const why = leftOut.map(({ name, reason }) => `${name}: ${reason}`)
  const none = message.startsWith('expected at least one column')
  const found = none
    ? `expected a column of numbers or categories, found none${why.length > 0 ? `; left out: ${why.join('; ')}` : ''}`
    : message
  return { path: columns ? '--columns' : table.name, message: found }
}
