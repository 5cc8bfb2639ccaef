import { show } from '../issue.ts'
import type { FeatureSource } from './feature-source.ts'
import type { Matrix } from './matrix.ts'

/** A table of numbers with column names, as readers produce it and training takes it. NaN is a missing value. */
export interface Samples {
  /** One unique name per feature. */
  readonly features: readonly string[]
  readonly rows: number
  /** rows × features, row by row. f64 preserves what f32 would round before preprocessing (times, identifiers). */
  readonly data: Float32Array | Float64Array
  /** The source of each feature that is not a numeric column of its name. */
  readonly sources?: readonly (FeatureSource | undefined)[]
  /** The decimal mark of the text that the rows come from, where that text shows it to be a comma. */
  readonly decimal?: ','
  /** One name per row. */
  readonly ids?: readonly string[]
  /** One class per row, for colouring and for measures that compare with known classes; never used in training. */
  readonly labels?: readonly string[]
  /** One finite weight of at least 0 per row. */
  readonly weights?: Float32Array
}

/** A row by feature names; a value that is null or absent is missing. */
export type SampleRecord = Readonly<Record<string, number | null | undefined>>

/**
 * Samples around plain rows, with null for a missing value: features are named `feature 1`, `feature 2`, … where no
 * names are given. Objects have a feature for each key, in the order in which keys first appear, or those of
 * `features`. Throws a RangeError where rows are not rows, or hold what is not a number: the program that calls it made
 * them. Rows that somebody else made go to `plan` or `prepareRows` as they are, which give issues.
 */
export function samplesOf(
  rows: Matrix | readonly (readonly (number | null)[])[] | readonly SampleRecord[],
  features?: readonly string[],
): Samples {
  if (isMatrix(rows)) {
    const names = features ?? defaultNames(rows.columns)
    if (names.length !== rows.columns)
      throw new RangeError(`features: expected ${rows.columns} names, one a column, found ${names.length}`)
    return { features: names, rows: rows.rows, data: rows.data }
  }
  if (!Array.isArray(rows))
    throw new RangeError(`rows: expected arrays of numbers, objects, or { rows, columns, data }, found ${show(rows)}`)
  return isRecord(rows[0]) ? fromRecords(rows, features) : fromArrays(rows, features)
}

function fromArrays(rows: readonly unknown[], features: readonly string[] | undefined): Samples {
  const [first] = rows
  const columns = features?.length ?? (isList(first) ? first.length : 0)
  const data = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (!isList(row) || row.length !== columns)
      throw new RangeError(`row ${i + 1}: expected ${columns} numbers, found ${isList(row) ? row.length : show(row)}`)
    for (let f = 0; f < columns; f++) data[i * columns + f] = numberOf(row[f], i, String(f + 1))
  })
  return { features: features ?? defaultNames(columns), rows: rows.length, data }
}

function fromRecords(rows: readonly unknown[], features: readonly string[] | undefined): Samples {
  const records = rows.map((row, i) => {
    if (isRecord(row)) return row
    throw new RangeError(`row ${i + 1}: expected an object as in the first row, found ${show(row)}`)
  })
  const names = features ?? [...new Set(records.flatMap((row) => Object.keys(row)))]
  const data = new Float64Array(rows.length * names.length).fill(Number.NaN)
  records.forEach((row, i) => {
    names.forEach((name, f) => {
      if (Object.hasOwn(row, name)) data[i * names.length + f] = numberOf(row[name], i, name)
    })
  })
  return { features: names, rows: rows.length, data }
}

function numberOf(value: unknown, row: number, column: string): number {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return Number.NaN
  throw new RangeError(`row ${row + 1}, ${column}: expected a number, or null for missing, found ${show(value)}`)
}

const isMatrix = (rows: unknown): rows is Matrix => typeof rows === 'object' && rows !== null && 'data' in rows

const isList = (row: unknown): row is ArrayLike<unknown> => Array.isArray(row) || ArrayBuffer.isView(row)

const isRecord = (row: unknown): row is Record<string, unknown> =>
  typeof row === 'object' && row !== null && !isList(row)

function defaultNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, f) => `feature ${f + 1}`)
}
