import type { FeatureSource } from './feature-source.ts'
import type { Matrix } from './matrix.ts'

/** A table of numbers with the names of its columns: what readers give and training takes. NaN is a missing value. */
export interface Samples {
  /** One name a feature, unique. */
  readonly features: readonly string[]
  readonly rows: number
  /** rows × features, row after row. f64 keeps what f32 would round before preprocessing (times, identifiers). */
  readonly data: Float32Array | Float64Array
  /** For each feature what it was made of, where that is not a column of numbers of its name. */
  readonly sources?: readonly (FeatureSource | undefined)[]
  /** One name a row. */
  readonly ids?: readonly string[]
  /** One class a row, for colouring and for measures that compare with known classes; never trained on. */
  readonly labels?: readonly string[]
  /** One finite weight of at least 0 a row. */
  readonly weights?: Float32Array
}

/** A row by the names of its features; a value that is null or absent is missing. */
export type SampleRecord = Readonly<Record<string, number | null | undefined>>

/**
 * Samples around plain rows: features are named `feature 1`, `feature 2`, … where no names are given. Objects have a feature for each key, in the order in which keys
 * first appear, or those of `features`. Throws a RangeError where an array has another length than the first: the caller made these rows.
 */
export function samplesOf(
  rows: Matrix | readonly (readonly number[])[] | readonly SampleRecord[],
  features?: readonly string[],
): Samples {
  if (areRecords(rows)) return fromRecords(rows, features ?? [...new Set(rows.flatMap((row) => Object.keys(row)))])
  if ('data' in rows) return { features: features ?? defaultNames(rows.columns), rows: rows.rows, data: rows.data }
  const columns = features?.length ?? rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i + 1}: expected ${columns} numbers, found ${row.length}`)
    data.set(row, i * columns)
  })
  return { features: features ?? defaultNames(columns), rows: rows.length, data }
}

function areRecords(rows: Parameters<typeof samplesOf>[0]): rows is readonly SampleRecord[] {
  return Array.isArray(rows) && rows.length > 0 && !Array.isArray(rows[0]) && !ArrayBuffer.isView(rows[0])
}

function fromRecords(rows: readonly SampleRecord[], features: readonly string[]): Samples {
  const data = new Float64Array(rows.length * features.length).fill(Number.NaN)
  rows.forEach((row, i) => {
    features.forEach((name, f) => {
      if (Object.hasOwn(row, name)) data[i * features.length + f] = row[name] ?? Number.NaN
    })
  })
  return { features, rows: rows.length, data }
}

function defaultNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, f) => `feature ${f + 1}`)
}
