const HALVINGS = 44
const NEAR = 1e-6

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
  const vectors: { value: number; vector: Float64Array }[] = []
  for (let rank = 1; rank <= Math.min(count, diagonal.length); rank++) {
    const value = eigenvalue(diagonal, beside, rank)
    const near = vectors.filter((one) => Math.abs(one.value - value) < NEAR).map(({ vector }) => vector)
    vectors.push({ value, vector: inverseIteration(diagonal, beside, value, near) })
  }
  return vectors.map(({ vector }) => vector)
}

/** The eigenvalue of this rank, the greatest of rank 1. */
function eigenvalue(diagonal: readonly number[], beside: readonly number[], rank: number): number {
  let [low, high] = bounds(diagonal, beside)
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (above(diagonal, beside, middle) >= rank) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Between which all eigenvalues lie (S. Gershgorin). */
function bounds(diagonal: readonly number[], beside: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < diagonal.length; i++) {
    const reach = Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0)
    low = Math.min(low, diagonal[i] - reach)
    high = Math.max(high, diagonal[i] + reach)
  }
  return [low, high]
}

/** How many eigenvalues are above x: the positive pivots of the matrix less x. */
function above(diagonal: readonly number[], beside: readonly number[], x: number): number {
  let [found, pivot] = [0, 1]
  for (let i = 0; i < diagonal.length; i++) {
    const b = i < diagonal.length && i > 0 ? (beside[i - 1] ?? 0) : 0
    pivot = diagonal[i] - x - (b === 0 ? 0 : (b * b) / pivot)
    if (pivot === 0) pivot = -Number.EPSILON
    if (pivot > 0) found++
  }
  return found
}

/** The unit eigenvector of an eigenvalue, orthogonal to those of `near` ones. */
function inverseIteration(
  diagonal: readonly number[],
  beside: readonly number[],
  value: number,
  near: readonly Float64Array[],
): Float64Array {
  const n = diagonal.length
  // A start that no eigenvector is likely to be orthogonal to, and another for each vector of one eigenvalue.
  let x = Float64Array.from({ length: n }, (_, i) => 1 + 0.5 * Math.abs(((i + 1) * (0.618 + near.length * 0.314)) % 1))
  for (let turn = 0; turn < 3; turn++) {
    x = solve(diagonal, beside, value, x)
    for (const other of near) {
      const shared = x.reduce((sum, xi, i) => sum + xi * other[i], 0)
      x = x.map((xi, i) => xi - shared * other[i])
    }
    const largest = x.reduce((most, xi) => Math.max(most, Math.abs(xi)), 0) || 1
    x = x.map((xi) => xi / largest)
    const length = Math.sqrt(x.reduce((sum, xi) => sum + xi * xi, 0)) || 1
    x = x.map((xi) => xi / length)
  }
  return x
}

/** (T - value) x = right, by elimination with row exchanges; pivots of 0 become tiny ones. */
function solve(
  diagonal: readonly number[],
  beside: readonly number[],
  value: number,
  right: Float64Array,
): Float64Array<ArrayBuffer> {
  const n = diagonal.length
  const [u, v, w, x] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), Float64Array.from(right)]
  // The row being eliminated has p at column i and q at column i + 1.
  let [p, q] = [diagonal[0] - value, beside[0] ?? 0]
  for (let i = 0; i + 1 < n; i++) {
    const [below, own, next] = [beside[i], diagonal[i + 1] - value, beside[i + 1] ?? 0]
    if (Math.abs(below) > Math.abs(p)) {
      const factor = p / below
      ;[u[i], v[i], w[i]] = [below, own, next]
      const kept = x[i]
      x[i] = x[i + 1]
      x[i + 1] = kept - factor * x[i]
      ;[p, q] = [q - factor * own, -factor * next]
    } else {
      if (p === 0) p = TINY
      const factor = below / p
      ;[u[i], v[i], w[i]] = [p, q, 0]
      x[i + 1] -= factor * x[i]
      ;[p, q] = [own - factor * q, next]
    }
  }
  u[n - 1] = p === 0 ? TINY : p
  for (let i = n - 1; i >= 0; i--) {
    x[i] = (x[i] - v[i] * (x[i + 1] ?? 0) - w[i] * (x[i + 2] ?? 0)) / u[i]
  }
  return x
}

const TINY = 1e-18
