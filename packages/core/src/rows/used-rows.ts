/** The rows that training uses: those with a weight above 0. Undefined if that is all of them. */
export function usedRows(rows: number, weights: Float32Array | undefined): Uint32Array | undefined {
  if (weights === undefined || weights.every((weight) => weight > 0)) return undefined
  return Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => weights[i] > 0)
}

/**
 * The effective number of rows of a table: the total weight, since a row of weight w counts as w rows. Weights below 1
 * do not make a table smaller than (Σw)² / Σw², its effective number of rows (L. Kish, Survey sampling, 1965): weights
 * that add up to 1 say nothing about the number of rows.
 */
export function countOf(rows: number, weights: Float32Array | undefined): number {
  if (weights === undefined) return rows
  let [total, squares] = [0, 0]
  for (const weight of weights) {
    total += weight
    squares += weight * weight
  }
  return total > 0 ? Math.max(total, total ** 2 / squares) : rows
}
