import type { Rows } from '../backend/backend.ts'
import { isSparse } from './matrix.ts'

/** Rows for backends and, if `prepareRows` made them, their numbers before rounding to f32. */
export interface PreparedRows extends Rows {
  /** Row `i`, preprocessed, in f64. */
  readonly exact?: (i: number) => Float64Array
}

/** Row `i` in f64 and dense form: before rounding if that is known. */
export function exactRow({ matrix, exact }: PreparedRows, i: number): Float64Array {
  if (exact) return exact(i)
  if (!isSparse(matrix)) return Float64Array.from(matrix.data.subarray(i * matrix.columns, (i + 1) * matrix.columns))
  const row = new Float64Array(matrix.columns)
  for (let p = matrix.offsets[i]; p < matrix.offsets[i + 1]; p++) row[matrix.indices[p]] = matrix.values[p]
  return row
}
