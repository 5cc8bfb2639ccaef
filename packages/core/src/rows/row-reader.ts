import { isSparse, type Matrix, type SparseMatrix } from './matrix.ts'

/** Writes the values of row `i` into `into`, NaN where one is missing. */
export type RowReader = (i: number, into: Float64Array) => void

/** Reads rows of either kind of matrix in f64. */
export function rowReader(matrix: Matrix | SparseMatrix): RowReader {
  const { columns } = matrix
  if (!isSparse(matrix)) {
    const { data } = matrix
    return (i, into) => {
      for (let f = 0, at = i * columns; f < columns; f++, at++) into[f] = data[at]
    }
  }
  const { offsets, indices, values } = matrix
  return (i, into) => {
    into.fill(0)
    for (let p = offsets[i]; p < offsets[i + 1]; p++) into[indices[p]] = values[p]
  }
}
