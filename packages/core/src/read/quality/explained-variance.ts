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
  eachRow(matrix, (x, i) => {
    const unit = matches.unit[i]
    if (unit < 0) return
    const weight = weights?.[i] ?? 1
    const w = rowOf(codebook, unit)
    for (let f = 0; f < x.length; f++) {
      if (Number.isNaN(x[f])) continue
      sums[f] += weight * x[f]
      squares[f] += weight * x[f] * x[f]
      counts[f] += weight
      left += weight * (x[f] - w[f]) ** 2
    }
  })
  let total = 0
  for (let f = 0; f < sums.length; f++) if (counts[f] > 0) total += squares[f] - sums[f] ** 2 / counts[f]
  return total > 0 ? 1 - left / total : Number.NaN
}

/** Calls `visit` with every row in dense form. */
export function eachRow(m: Rows['matrix'], visit: (row: Float32Array, i: number) => void): void {
  for (let i = 0; i < m.rows; i++) visit(isSparse(m) ? toDense(chooseRows(m, Uint32Array.of(i))).data : rowOf(m, i), i)
}
