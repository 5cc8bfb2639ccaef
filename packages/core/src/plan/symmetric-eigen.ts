/** Eigenvalues of a symmetric matrix, the greatest first, with their unit vectors. */
export interface Eigen {
  readonly values: Float64Array
  readonly vectors: readonly Float64Array[]
}

const SWEEPS = 50

/**
 * All eigenvalues of a small symmetric matrix, n × n, row after row, by C. G. J. Jacobi's rotations (1846). Costs n³ a
 * sweep; some eight sweeps do.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice()
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let sweep = 0; sweep < SWEEPS && !isDiagonal(a, n); sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i])
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]),
    vectors: order.map((i) => Float64Array.from({ length: n }, (_, row) => v[row * n + i])),
  }
}

function isDiagonal(a: Float64Array, n: number): boolean {
  let [off, on] = [0, 0]
  for (let i = 0; i < n * n; i++) {
    if (i % (n + 1) === 0) on += a[i] * a[i]
    else off += a[i] * a[i]
  }
  return off <= 1e-30 * on
}

/** Turns rows and columns `p` and `q` so that their shared element becomes 0. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const shared = a[p * n + q]
  if (shared === 0) return
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * shared)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s)
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s)
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s)
}

function turn(a: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [a[i], a[j]]
  a[i] = c * x - s * y
  a[j] = s * x + c * y
}
