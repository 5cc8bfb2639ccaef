import { type Issue, trimCell } from '@som/core'
import Result from 'true-myth/result'
import { isMissing } from './cell/missing.ts'
import { unknownColumn } from './column-messages.ts'
import { type Problem, settle } from './problem.ts'
import { changed } from './read-samples.ts'
import type { Column, Table } from './table.ts'

/** Whether the cells of a target are names of classes or numbers. */
export type TargetKind = 'class' | 'number'

/** A column whose cells a map will predict; of the kind that its cells are, if none is given. */
export interface TargetChoice {
  readonly name: string
  readonly kind?: TargetKind
}

/** A target found in a table. */
export interface TargetColumn extends Required<TargetChoice> {
  /** Its position. */
  readonly column: number
}

/**
 * Finds the columns of targets: text and truth values are classes, numbers are numbers. Every one that is not there or
 * cannot be read as its kind is an issue.
 */
export function findTargets(
  table: Pick<Table, 'columns'>,
  choices: readonly TargetChoice[],
): Result<TargetColumn[], Problem> {
  const issues: Issue[] = []
  const add = (message: string): void => void issues.push({ path: 'target', message })
  const names = table.columns.map(({ name }) => name)
  const found = choices.flatMap(({ name, kind }): TargetColumn[] => {
    const column = names.indexOf(name)
    if (column < 0) {
      add(unknownColumn(name, names))
      return []
    }
    const wrong = unfit(table.columns[column], kind)
    if (wrong !== null) add(wrong)
    return [{ name, column, kind: kind ?? usualKind(table.columns[column]) }]
  })
  for (const [i, { name }] of choices.entries())
    if (choices.findIndex((other) => other.name === name) < i) add(`${JSON.stringify(name)} is given twice`)
  return issues.length > 0 ? Result.err({ kind: 'choice', issues }) : Result.ok(found)
}

const usualKind = ({ kind }: Column): TargetKind => (kind === 'number' ? 'number' : 'class')

function unfit({ name, kind, odd }: Column, wanted: TargetKind | undefined): string | null {
  const shown = JSON.stringify(name)
  if (kind === 'empty') return `${shown}: expected a value in some row, found every cell missing`
  if (kind === 'time' && wanted === undefined)
    return `${shown}: expected classes or numbers, found dates or times; add a column of numbers to the table`
  if (wanted !== 'number' || kind === 'number' || kind === 'boolean') return null
  const example = odd === undefined ? kind : `${JSON.stringify(odd.value)} in row ${odd.row}`
  return `${shown}: expected numbers, found ${example}`
}

/** The values of the targets of a table, in the form that `fitTargets` takes: null or NaN for a missing cell. */
export function readTargets(
  table: Table,
  targets: readonly TargetColumn[],
): Promise<Result<Record<string, (string | null)[] | Float64Array>, Problem>> {
  return settle(async () => {
    const classes = targets.filter(({ kind }) => kind === 'class')
    const numbers = targets.filter(({ kind }) => kind === 'number')
    const text = classes.map((): (string | null)[] => [])
    const values = numbers.map(() => new Float64Array(table.rows))
    let row = 0
    const columnsOf = (some: readonly TargetColumn[]): number[] => some.map(({ column }) => column)
    for await (const chunk of table.chunks(columnsOf(numbers), columnsOf(classes))) {
      if (row + chunk.rows > table.rows) throw changed(table)
      chunk.text.forEach((cells, c) => {
        for (const cell of cells) text[c].push(classIn(cell))
      })
      values.forEach((all, n) => {
        for (let i = 0; i < chunk.rows; i++) all[row + i] = chunk.numbers[i * numbers.length + n]
      })
      row += chunk.rows
    }
    if (row !== table.rows) throw changed(table)
    return Object.fromEntries([
      ...classes.map(({ name }, c) => [name, text[c]] as const),
      ...numbers.map(({ name }, n) => [name, values[n]] as const),
    ])
  })
}

function classIn(cell: string | null): string | null {
  const value = cell === null ? '' : trimCell(cell)
  return value === '' || isMissing(value) ? null : value
}
