import { type Feature, type FeatureSource, fromTime, type Issue, sourceName, trimCell } from '@som/core'
import Result from 'true-myth/result'
import { isMissing } from './cell/missing.ts'
import { notNumeric, notTime, unknownColumn } from './column-messages.ts'
import { ProblemError } from './problem.ts'
import type { Chunk, Table } from './table.ts'

/** Chosen columns, as positions in the table. */
export interface Selection {
  /** Features in order, or categories whose levels become features. */
  readonly features: readonly (Input | { readonly category: number })[]
  readonly label?: number
  readonly id?: number
  readonly weight?: number
  /** Columns that are not features although the user did not exclude them, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
}

/** A feature and the table column that it is read from. */
export interface Input {
  readonly name: string
  readonly column: number
  readonly source?: FeatureSource
}

/** The most levels of a category: a column with more names rows. */
const MOST_LEVELS = 256

/** The features of a selection, with the levels of its categories found in the table. Throws a ProblemError. */
export async function inputsOf(table: Table, selection: Pick<Selection, 'features'>): Promise<Input[]> {
  const inputs: Input[] = []
  for (const chosen of selection.features) {
    if ('name' in chosen) inputs.push(chosen)
    else inputs.push(...(await levelsOf(table, chosen.category)))
  }
  return inputs
}

async function levelsOf(table: Table, column: number): Promise<Input[]> {
  const { name } = table.columns[column]
  const levels = await table.levels(column, MOST_LEVELS + 1)
  if (levels.length === 0) throw new ProblemError('data', table.name, `${name}: expected a category, found no value`)
  if (levels.length > MOST_LEVELS) {
    const message = `${name}: expected at most ${MOST_LEVELS} levels of a category, found more; where it names each row, choose it as the id`
    throw new ProblemError('data', table.name, message)
  }
  return levels.map((level) => {
    const source = { column: name, level }
    return { name: sourceName(source), column, source }
  })
}

/**
 * Finds a map's features in a table by column name. Every feature that is missing or cannot be read as in training is
 * an issue.
 */
export function findFeatures(
  table: Pick<Table, 'name' | 'columns'>,
  features: readonly Feature[],
): Result<Input[], readonly Issue[]> {
  const names = table.columns.map(({ name }) => name)
  // Of a name that is there twice the first column counts.
  const places = new Map(names.map((name, i) => [name, i] as const).reverse())
  const issues = new Map<string, Issue>()
  const add = (issue: Issue): unknown => issues.set(issue.message, issue)
  const inputs = features.map(({ name, source }): Input => {
    const wanted = source?.column ?? name
    const at = places.get(wanted) ?? -1
    const column = table.columns[at]
    if (column === undefined) add({ path: table.name, message: unknownColumn(wanted, names) })
    // A column without any values is fine here: missing values are skipped.
    else if (column.kind !== 'empty') for (const issue of unfit(table.name, column, source)) add(issue)
    return { name, column: at, ...(source && { source }) }
  })
  return issues.size > 0 ? Result.err([...issues.values()]) : Result.ok(inputs)
}

function unfit(path: string, column: Table['columns'][number], source: FeatureSource | undefined): Issue[] {
  if (source === undefined) return notNumeric(path, column)
  if ('level' in source || column.kind === 'time') return []
  return [{ path, message: notTime(column) }]
}

/** Called for a cell whose level did not occur in training, with its row from 0. */
export type OnNewLevel = (column: string, level: string, row: number) => void

/**
 * Streams a table as the numbers of features instead of columns. A new level is missing in every feature of its
 * category.
 */
export async function* featureChunks(
  table: Table,
  inputs: readonly Input[],
  asText: readonly number[] = [],
  onNewLevel?: OnNewLevel,
): AsyncGenerator<Chunk> {
  if (inputs.every(({ source }) => source === undefined)) {
    yield* table.chunks(
      inputs.map(({ column }) => column),
      asText,
    )
    return
  }
  const isLevel = ({ source }: Input): boolean => source !== undefined && 'level' in source
  const numeric = [...new Set(inputs.filter((input) => !isLevel(input)).map(({ column }) => column))]
  const categories = [...new Set(inputs.filter(isLevel).map(({ column }) => column))]
  const known = new Map(categories.map((column) => [column, levelsAt(inputs, column)]))
  let firstRow = 0
  for await (const chunk of table.chunks(numeric, [...categories, ...asText])) {
    const numbers = new Float64Array(chunk.rows * inputs.length).fill(Number.NaN)
    inputs.forEach(({ column, source }, f) => {
      if (source !== undefined && 'level' in source) return
      const from = numeric.indexOf(column)
      for (let i = 0; i < chunk.rows; i++) {
        const value = chunk.numbers[i * numeric.length + from]
        numbers[i * inputs.length + f] = source === undefined ? value : fromTime(source.time, value)
      }
    })
    categories.forEach((column, k) => {
      // Every category has its levels.
      const places = known.get(column) as Map<string, number>
      const all = [...places.values()]
      chunk.text[k].forEach((cell, i) => {
        const level = cell === null ? undefined : trimCell(cell)
        const place = level === undefined ? undefined : places.get(level)
        if (place === undefined) {
          if (level !== undefined && !isMissing(level)) onNewLevel?.(table.columns[column].name, level, firstRow + i)
          return
        }
        for (const f of all) numbers[i * inputs.length + f] = 0
        numbers[i * inputs.length + place] = 1
      })
    })
    firstRow += chunk.rows
    yield { rows: chunk.rows, numbers, text: chunk.text.slice(categories.length) }
  }
}

/** The feature of each level of a category. */
function levelsAt(inputs: readonly Input[], column: number): Map<string, number> {
  const places = new Map<string, number>()
  inputs.forEach((input, f) => {
    if (input.column === column && input.source && 'level' in input.source) places.set(input.source.level, f)
  })
  return places
}
