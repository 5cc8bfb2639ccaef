const HALVINGS = 44
const NEAR = 1e-6

/** A symmetric tridiagonal matrix. */
interface Tridiagonal {
  readonly diagonal: Float64Array
  /** What is beside the diagonal: entry i joins rows i - 1 and i, and the first and the last are 0. */
  readonly beside: Float64Array
}

/**
 * Unit eigenvectors of a symmetric tridiagonal matrix for its `count` greatest eigenvalues, the greatest first (fewer
 * where the matrix is smaller): eigenvalues by bisection with Sturm's counts, vectors by inverse iteration (J. H.
 * Wilkinson, The algebraic eigenvalue problem, 1965, chapter 5). `beside` has one number fewer than `diagonal`.
 */
export function greatestOfTridiagonal(
  diagonal: readonly number[],
  beside: readonly number[],
  count: number,
): Float64Array[] {
  const n = diagonal.length
  const whole = { diagonal: Float64Array.from(diagonal), beside: new Float64Array(n + 1) }
  for (let i = 1; i < n; i++) whole.beside[i] = beside[i - 1]
  const vectors: { value: number; vector: Float64Array }[] = []
  for (let rank = 1; rank <= Math.min(count, n); rank++) {
    const value = eigenvalue(whole, rank)
    const near = vectors.filter((one) => Math.abs(one.value - value) < NEAR).map(({ vector }) => vector)
    vectors.push({ value, vector: inverseIteration(whole, value, near) })
  }
  return vectors.map(({ vector }) => vector)
}

/** The eigenvalue of this rank, the greatest of rank 1. */
function eigenvalue(of: Tridiagonal, rank: number): number {
  let [low, high] = bounds(of)
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (above(of, middle) >= rank) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Between which all eigenvalues lie (S. Gershgorin). */
function bounds({ diagonal, beside }: Tridiagonal): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < diagonal.length; i++) {
    const reach = Math.abs(beside[i]) + Math.abs(beside[i + 1])
    low = Math.min(low, diagonal[i] - reach)
    high = Math.max(high, diagonal[i] + reach)
  }
  return [low, high]
}

/** How many eigenvalues are above x: the positive pivots of the matrix less x. */
function above({ diagonal, beside }: Tridiagonal, x: number): number {
  let [found, pivot] = [0, 1]
  for (let i = 0; i < diagonal.length; i++) {
    const b = beside[i]
    pivot = diagonal[i] - x - (b === 0 ? 0 : (b * b) / pivot)
    if (pivot === 0) pivot = -Number.EPSILON
    if (pivot > 0) found++
  }
  return found
}

/** The unit eigenvector of an eigenvalue, orthogonal to those of `near` ones. */
function inverseIteration(of: Tridiagonal, value: number, near: readonly Float64Array[]): Float64Array {
  const n = of.diagonal.length
  const x = new Float64Array(n)
  // A start that no eigenvector is likely to be orthogonal to, and another for each vector of one eigenvalue.
  for (let i = 0; i < n; i++) x[i] = 1 + 0.5 * Math.abs(((i + 1) * (0.618 + near.length * 0.314)) % 1)
  const room: Room = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  for (let turn = 0; turn < 3; turn++) {
    solve(of, value, x, room)
    for (const other of near) {
      let shared = 0
      for (let i = 0; i < n; i++) shared += x[i] * other[i]
      for (let i = 0; i < n; i++) x[i] -= shared * other[i]
    }
    let largest = 0
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(x[i]))
    divide(x, largest || 1)
    let squares = 0
    for (let i = 0; i < n; i++) squares += x[i] * x[i]
    divide(x, Math.sqrt(squares) || 1)
  }
  return x
}

function divide(x: Float64Array, by: number): void {
  for (let i = 0; i < x.length; i++) x[i] /= by
}

/** Three diagonals of a triangle. */
type Room = [Float64Array, Float64Array, Float64Array]

/** Puts the y of (T - value) y = x in place of x, by elimination with row exchanges; pivots of 0 become tiny ones. */
function solve({ diagonal, beside }: Tridiagonal, value: number, x: Float64Array, [u, v, w]: Room): void {
  const n = diagonal.length
  // The row being eliminated has p at column i and q at column i + 1.
  let [p, q] = [diagonal[0] - value, n > 1 ? beside[1] : 0]
  for (let i = 0; i + 1 < n; i++) {
    const below = beside[i + 1]
    const own = diagonal[i + 1] - value
    const next = beside[i + 2]
    if (Math.abs(below) > Math.abs(p)) {
      const factor = p / below
      u[i] = below
      v[i] = own
      w[i] = next
      const kept = x[i]
      x[i] = x[i + 1]
      x[i + 1] = kept - factor * x[i]
      p = q - factor * own
      q = -factor * next
    } else {
      if (p === 0) p = TINY
      const factor = below / p
      u[i] = p
      v[i] = q
      w[i] = 0
      x[i + 1] -= factor * x[i]
      p = own - factor * q
      q = next
    }
  }
  u[n - 1] = p === 0 ? TINY : p
  x[n - 1] /= u[n - 1]
  if (n > 1) x[n - 2] = (x[n - 2] - v[n - 2] * x[n - 1]) / u[n - 2]
  for (let i = n - 3; i >= 0; i--) x[i] = (x[i] - v[i] * x[i + 1] - w[i] * x[i + 2]) / u[i]
}

const TINY = 1e-18
