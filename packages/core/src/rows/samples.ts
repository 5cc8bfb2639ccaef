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

/** Samples around plain rows: features are named `feature 1`, `feature 2`, … where no names are given. */
export function samplesOf(rows: Matrix | readonly (readonly number[])[], features?: readonly string[]): Samples {
  if ('data' in rows) return { features: features ?? defaultNames(rows.columns), rows: rows.rows, data: rows.data }
  const columns = features?.length ?? rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i + 1}: expected ${columns} numbers, found ${row.length}`)
    data.set(row, i * columns)
  })
  return { features: features ?? defaultNames(columns), rows: rows.length, data }
}

function defaultNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, f) => `feature ${f + 1}`)
}
