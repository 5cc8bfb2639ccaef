import type { Matches, Rows } from '../../backend/backend.ts'
import { chooseRows, isSparse, rowOf, toDense } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import type { RowsOptions } from './measure-options.ts'

/**
 * The share of the samples' variance that their prototypes account for: 1 - Σ d(x, w)² / Σ |x - mean|², over the
 * features present. 1 is all of it; below 0 the mean of all samples would do better. Samples without a unit are
 * ignored; NaN if the samples are all equal.
 */
export function explainedVariance(
  { codebook }: Pick<Som, 'codebook'>,
  matches: Matches,
  { rows }: RowsOptions,
): number {
  const { matrix, weights } = rows
  const sums = new Float64Array(codebook.columns)
  const squares = new Float64Array(codebook.columns)
  const counts = new Float64Array(codebook.columns)
  let left = 0
  const add = (x: Float32Array, start: number, i: number): void => {
    const unit = matches.unit[i]
    if (unit < 0) return
    const weight = weights === undefined ? 1 : weights[i]
    const width = codebook.columns
    for (let f = 0, at = start, w = unit * width; f < width; f++, at++, w++) {
      if (Number.isNaN(x[at])) continue
      sums[f] += weight * x[at]
      squares[f] += weight * x[at] * x[at]
      counts[f] += weight
      left += weight * (x[at] - codebook.data[w]) ** 2
    }
  }
  // Without a view of each row where rows are dense: a million of them take longer than the arithmetic.
  if (isSparse(matrix)) eachRow(matrix, (row, i) => add(row, 0, i))
  else for (let i = 0; i < matrix.rows; i++) add(matrix.data, i * matrix.columns, i)
  let total = 0
  for (let f = 0; f < sums.length; f++) if (counts[f] > 0) total += squares[f] - sums[f] ** 2 / counts[f]
  return total > 0 ? 1 - left / total : Number.NaN
}

/** Calls `visit` with every row in dense form. */
export function eachRow(m: Rows['matrix'], visit: (row: Float32Array, i: number) => void): void {
  for (let i = 0; i < m.rows; i++) visit(isSparse(m) ? toDense(chooseRows(m, Uint32Array.of(i))).data : rowOf(m, i), i)
}
