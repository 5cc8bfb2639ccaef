import { distanceFunction, isSparse, type Matrix, type Rows, rowOf, type Som, type SparseMatrix } from '@som/core'

/**
 * Calls `visit` for each row with its distances to all units (the same array each time) and its weight. Rows with
 * weight 0 or without any value are skipped.
 */
export function forEachRow(
  som: Pick<Som, 'metric' | 'codebook'>,
  rows: Rows,
  visit: (distances: Float64Array, weight: number) => void,
): void {
  const { codebook } = som
  const distance = distanceFunction(som.metric)
  const prototypes = Array.from({ length: codebook.rows }, (_, unit) => rowOf(codebook, unit))
  const distances = new Float64Array(codebook.rows)
  for (let i = 0; i < rows.matrix.rows; i++) {
    if (!counts(rows, i)) continue
    const weight = rows.weights?.[i] ?? 1
    const row = denseRow(rows.matrix, i)
    for (let unit = 0; unit < distances.length; unit++) distances[unit] = distance(row, prototypes[unit])
    visit(distances, weight)
  }
}

/** Whether a row has a weight above 0 and any value. */
export function counts({ matrix, weights }: Rows, i: number): boolean {
  return (weights?.[i] ?? 1) > 0 && !denseRow(matrix, i).every(Number.isNaN)
}

/** One row with its zeros written out. */
export function denseRow(rows: Matrix | SparseMatrix, i: number): Float32Array {
  if (!isSparse(rows)) return rowOf(rows, i)
  const row = new Float32Array(rows.columns)
  for (let at = rows.offsets[i]; at < rows.offsets[i + 1]; at++) row[rows.indices[at]] = rows.values[at]
  return row
}

/** Throws if the rows are not prepared for the map. */
export function checkRows(som: Pick<Som, 'codebook'>, rows: Rows): void {
  if (rows.matrix.columns === som.codebook.columns) return
  throw new RangeError(
    `rows: expected ${som.codebook.columns} features, as prepareRows gives them, found ${rows.matrix.columns}`,
  )
}
