/**
 * Factors a positive definite n × n matrix in place: its lower triangle, row after row (element i, j at i(i + 1)/2 +
 * j), becomes L of A = L Lᵀ (A.-L. Cholesky, 1910). False where a pivot is not above 0: the matrix is not positive
 * definite.
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = (i * (i + 1)) / 2
    // Row i of L is what its part of A becomes by the rows above.
    eliminate(a, i, a, row)
    let pivot = a[row + i]
    for (let k = 0; k < i; k++) pivot -= a[row + k] * a[row + k]
    if (!(pivot > 0)) return false
    a[row + i] = Math.sqrt(pivot)
  }
  return true
}

/**
 * Solves A X = B in place, for the factor of A that `cholesky` left: `b` has `columns` right sides of n numbers, one
 * after the other.
 */
export function solveFactored(l: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let c = 0; c < columns; c++) {
    eliminate(l, n, b, c * n)
    solveUpper(l, n, b, c * n)
  }
}

/**
 * Solves L x = b in place, for the n numbers of `b` from `at` on and the first n rows of L. Four elements advance
 * together, each in the order of the plain loop: one alone would wait for each of its subtractions.
 */
export function eliminate(l: Float64Array, n: number, b: Float64Array, at: number): void {
  let i = 0
  for (; i + 3 < n; i += 4) {
    const r0 = (i * (i + 1)) / 2
    const r1 = r0 + i + 1
    const r2 = r1 + i + 2
    const r3 = r2 + i + 3
    let s0 = b[at + i]
    let s1 = b[at + i + 1]
    let s2 = b[at + i + 2]
    let s3 = b[at + i + 3]
    for (let k = 0; k < i; k++) {
      const x = b[at + k]
      s0 -= x * l[r0 + k]
      s1 -= x * l[r1 + k]
      s2 -= x * l[r2 + k]
      s3 -= x * l[r3 + k]
    }
    const x0 = s0 / l[r0 + i]
    const x1 = (s1 - x0 * l[r1 + i]) / l[r1 + i + 1]
    const x2 = (s2 - x0 * l[r2 + i] - x1 * l[r2 + i + 1]) / l[r2 + i + 2]
    b[at + i] = x0
    b[at + i + 1] = x1
    b[at + i + 2] = x2
    b[at + i + 3] = (s3 - x0 * l[r3 + i] - x1 * l[r3 + i + 1] - x2 * l[r3 + i + 2]) / l[r3 + i + 3]
  }
  for (; i < n; i++) {
    const row = (i * (i + 1)) / 2
    let sum = b[at + i]
    for (let k = 0; k < i; k++) sum -= b[at + k] * l[row + k]
    b[at + i] = sum / l[row + i]
  }
}

/**
 * Solves Lᵀ x = b in place, for the n numbers of `b` from `at` on. Four elements at a time are subtracted from the ones
 * before them, in the order of the plain loop.
 */
export function solveUpper(l: Float64Array, n: number, b: Float64Array, at: number): void {
  let i = n - 1
  for (; i >= 3; i -= 4) {
    const r3 = (i * (i + 1)) / 2
    const r2 = r3 - i
    const r1 = r2 - i + 1
    const r0 = r1 - i + 2
    const x3 = b[at + i] / l[r3 + i]
    const x2 = (b[at + i - 1] - l[r3 + i - 1] * x3) / l[r2 + i - 1]
    const x1 = (b[at + i - 2] - l[r3 + i - 2] * x3 - l[r2 + i - 2] * x2) / l[r1 + i - 2]
    const x0 = (b[at + i - 3] - l[r3 + i - 3] * x3 - l[r2 + i - 3] * x2 - l[r1 + i - 3] * x1) / l[r0 + i - 3]
    b[at + i] = x3
    b[at + i - 1] = x2
    b[at + i - 2] = x1
    b[at + i - 3] = x0
    for (let k = 0; k < i - 3; k++)
      b[at + k] = b[at + k] - l[r3 + k] * x3 - l[r2 + k] * x2 - l[r1 + k] * x1 - l[r0 + k] * x0
  }
  for (; i >= 0; i--) {
    const row = (i * (i + 1)) / 2
    const x = b[at + i] / l[row + i]
    b[at + i] = x
    for (let k = 0; k < i; k++) b[at + k] -= l[row + k] * x
  }
}
