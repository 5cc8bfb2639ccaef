import type { Samples } from '@som/core'
import type Result from 'true-myth/result'
import type { Selection } from './features.ts'
import { featureChunks, inputsOf, type OnNewLevel } from './features.ts'
import { type Problem, ProblemError, settle } from './problem.ts'
import type { Table } from './table.ts'

/**
 * Reads the selected columns of a whole table: rows × features, NaN for a missing value; f64, or f32 where that holds
 * every number of the table. `onNewLevel` is called for levels that the features do not have, `onRows` with the number
 * of rows read so far.
 */
export function readSamples(
  table: Table,
  selection: Selection,
  onNewLevel?: OnNewLevel,
  onRows?: (rows: number) => void,
): Promise<Result<Samples, Problem>> {
  return settle(async () => {
    const inputs = await inputsOf(table, selection)
    const features = inputs.map(({ name }) => name)
    checkNames(table, features)
    const width = features.length
    const data = allocate(table, width)
    const weights = selection.weight === undefined ? undefined : new Float32Array(table.rows)
    const ids: string[] = []
    const labels: string[] = []
    const numbers = selection.weight === undefined ? inputs : [...inputs, { name: 'weight', column: selection.weight }]
    const text = [selection.id, selection.label].filter((column) => column !== undefined)
    let row = 0
    for await (const chunk of featureChunks(table, numbers, text, onNewLevel)) {
      if (row + chunk.rows > table.rows) throw changed(table)
      if (weights === undefined) data.set(chunk.numbers, row * width)
      else splitWeights(table, chunk.numbers, data, weights, row, width)
      const cells = [...chunk.text]
      if (selection.id !== undefined) append(ids, cells.shift())
      if (selection.label !== undefined) append(labels, cells.shift())
      row += chunk.rows
      onRows?.(row)
    }
    if (row !== table.rows) throw changed(table)
    return {
      features,
      ...(table.decimal && { decimal: table.decimal }),
      rows: table.rows,
      data,
      ...(inputs.some(({ source }) => source) && { sources: inputs.map(({ source }) => source) }),
      ...(selection.id !== undefined && { ids }),
      ...(selection.label !== undefined && { labels }),
      ...(weights && { weights }),
    }
  })
}

type Numbers = Samples['data']

/** A category level and a column may get the same name: `a=b`. */
export function checkNames(table: Table, features: readonly string[]): void {
  const seen = new Set<string>()
  const twice = features.find((name) => seen.size === seen.add(name).size)
  if (twice === undefined) return
  const message = `two features would be named ${JSON.stringify(twice)}; rename a column`
  throw new ProblemError('data', table.name, message)
}

function allocate(table: Table, width: number): Numbers {
  const length = table.rows * width
  try {
    return table.isSingle ? new Float32Array(length) : new Float64Array(length)
  } catch {
    const gigabytes = ((length * (table.isSingle ? 4 : 8)) / 2 ** 30).toFixed(1)
    throw new ProblemError(
      'data',
      table.name,
      `${table.rows} rows of ${width} features need ${gigabytes} GiB of memory, more than is available; choose fewer columns or rows`,
    )
  }
}

function splitWeights(
  table: Table,
  numbers: Numbers,
  data: Numbers,
  weights: Float32Array,
  from: number,
  width: number,
): void {
  const rows = numbers.length / (width + 1)
  for (let i = 0; i < rows; i++) {
    const start = i * (width + 1)
    data.set(numbers.subarray(start, start + width), (from + i) * width)
    weights[from + i] = checkWeight(table, numbers[start + width], from + i)
  }
}

/** The weight of a row, as f32. Throws a ProblemError if it is invalid. */
export function checkWeight(table: Table, given: number, row: number): number {
  const weight = Math.fround(given)
  if (weight >= 0 && weight < Number.POSITIVE_INFINITY) return weight
  const found = Number.isNaN(weight) ? 'a missing value' : String(given)
  throw new ProblemError(
    'data',
    table.name,
    `weight: expected a number of at least 0 in every row, found ${found} in row ${row + 1}`,
  )
}

function append(list: string[], cells: readonly (string | null)[] = []): void {
  for (const cell of cells) list.push(cell ?? '')
}

/** The problem of a table that changed between two reads. */
export const changed = (table: Table): ProblemError =>
  new ProblemError('not-readable', table.name, 'the file changed while it was being read; try again')
