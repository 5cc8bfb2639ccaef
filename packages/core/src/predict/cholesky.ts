/**
 * Factors a positive definite n × n matrix in place: its lower triangle, row after row (element i, j at i(i + 1)/2 +
 * j), becomes L of A = L Lᵀ (A.-L. Cholesky, 1910). False where a pivot is not above 0: the matrix is not positive
 * definite.
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = (i * (i + 1)) / 2
    for (let j = 0; j <= i; j++) {
      const other = (j * (j + 1)) / 2
      let sum = a[row + j]
      for (let k = 0; k < j; k++) sum -= a[row + k] * a[other + k]
      if (j < i) a[row + j] = sum / a[other + j]
      else if (sum > 0) a[row + i] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves A X = B in place, for the factor of A that `cholesky` left: `b` is n × columns, row after row. */
export function solveFactored(l: Float64Array, n: number, b: Float64Array, columns: number): void {
  solveLower(l, n, b, columns)
  solveUpper(l, n, b, columns)
}

/** Solves L X = B in place. */
export function solveLower(l: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let i = 0; i < n; i++) {
    const row = (i * (i + 1)) / 2
    for (let k = 0; k < i; k++) subtract(b, i, l[row + k], k, columns)
    divide(b, i, l[row + i], columns)
  }
}

/** Solves Lᵀ X = B in place. */
export function solveUpper(l: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = (i * (i + 1)) / 2
    divide(b, i, l[row + i], columns)
    for (let k = 0; k < i; k++) subtract(b, k, l[row + k], i, columns)
  }
}

/** Row `to` less `factor` times row `from`. */
function subtract(b: Float64Array, to: number, factor: number, from: number, columns: number): void {
  for (let c = 0; c < columns; c++) b[to * columns + c] -= factor * b[from * columns + c]
}

function divide(b: Float64Array, row: number, by: number, columns: number): void {
  for (let c = 0; c < columns; c++) b[row * columns + c] /= by
}
