import { type RandomSource, random, sampleIndices } from '../random.ts'
import { type Matrix, rowOf } from '../rows/matrix.ts'
import { lookAt, type RowsLook } from '../rows/rows-look.ts'
import { products } from './products.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export interface PrincipalComponent {
  /** Unit vector; its largest part is positive. */
  readonly direction: Float64Array
  /** Standard deviation of the rows along it. */
  readonly deviation: number
}

export interface Principal {
  readonly mean: Float64Array
  /** Leading components, the widest first. */
  readonly components: readonly [PrincipalComponent, PrincipalComponent]
}

/** Rows looked at, at most: enough for a start, and quick for wide tables. */
const MOST_ROWS = 10_000
const MOST_VALUES = 2_000_000
/** Vectors that components are sought among in one cycle, at most; with no more features the answer is exact. */
const BASIS = 48
/** Vectors that the next cycle begins with: guards beside the two that are wanted. */
const KEPT = 4
const CYCLES = 12
/**
 * What |Av - λv| may be, relative to the greatest λ: components whose variances are 3 % apart are then right to 1e-6.
 */
const RESIDUAL = 1e-9

/**
 * The two leading principal components of a sample of the rows drawn by `seed`. A missing value counts as its feature's
 * mean, a row of weight w as w repetitions of it. A single feature has a second component of deviation 0.
 */
export function principalComponents(given: Matrix | RowsLook, seed: number): Principal {
  const before = known.get(given)?.get(seed)
  if (before) return before
  const found = componentsOf('pick' in given ? given : lookAt(given), seed)
  known.set(given, new Map(known.get(given)).set(seed, found))
  return found
}

/** The size of a map and its start ask for the components of the same rows. */
const known = new WeakMap<object, ReadonlyMap<number, Principal>>()

function componentsOf(rows: RowsLook, seed: number): Principal {
  const count = Math.min(rows.rows, MOST_ROWS, Math.max(500, Math.floor(MOST_VALUES / rows.columns)))
  const chosen = sampleIndices(random(seed, 'pca'), rows.rows, count)
  const weights = rows.weightsOf(chosen)
  const { mean, deviations } = centred(rows.pick(chosen), weights)
  const apply = deviations.rows * 2 > rows.columns ? byCovariance(deviations, weights) : byRows(deviations, weights)
  const [first, second] = leadingTwo(apply, rows.columns, random(seed, 'pca', 'start'))
  return { mean, components: [first, second] }
}

/**
 * The widest two directions of the symmetric `apply`: by block Krylov subspaces with Rayleigh and Ritz, begun again
 * from the best vectors found. Y. Saad, Numerical methods for large eigenvalue problems, 1992.
 */
function leadingTwo(apply: Apply, columns: number, source: RandomSource): [PrincipalComponent, PrincipalComponent] {
  let begin: Float64Array[] = [0, 1].map(() => Float64Array.from({ length: columns }, () => source() - 0.5))
  for (let cycle = 1; ; cycle++) {
    const { basis, images } = krylov(apply, begin, Math.min(BASIS, columns))
    const n = basis.length
    const small = Float64Array.from({ length: n * n }, (_, at) => dot(basis[Math.floor(at / n)], images[at % n]))
    const { values, vectors } = symmetricEigen(small, n)
    const best = vectors.slice(0, KEPT).map((vector) => combined(basis, vector))
    const isSettled = [0, 1].every((k) => {
      if (k >= n) return true
      const image = combined(images, vectors[k])
      return norm(image.map((x, f) => x - values[k] * best[k][f])) <= RESIDUAL * Math.max(values[0], 0)
    })
    if (isSettled || cycle === CYCLES) {
      const componentOf = (k: number): PrincipalComponent => ({
        direction: k < n ? positive(best[k]) : new Float64Array(columns),
        deviation: k < n ? Math.sqrt(Math.max(0, values[k])) : 0,
      })
      return [componentOf(0), componentOf(1)]
    }
    begin = best
  }
}

/**
 * An orthonormal basis of the vectors of `begin`, their images, the images of those and so on, `most` in all; and the
 * images of the basis.
 */
function krylov(
  apply: Apply,
  begin: readonly Float64Array[],
  most: number,
): { basis: Float64Array[]; images: Float64Array[] } {
  const basis: Float64Array[] = []
  const images: Float64Array[] = []
  const queue = begin.slice()
  for (const vector of queue) {
    if (basis.length === most) break
    const next = orthonormal(vector, basis)
    if (next === null) continue
    basis.push(next)
    const image = apply(next)
    images.push(image)
    queue.push(image)
  }
  return { basis, images }
}

/** What of a vector lies outside of a basis, as a unit vector; null where that is no more than rounding. */
function orthonormal(vector: Float64Array, basis: readonly Float64Array[]): Float64Array | null {
  const own = vector.slice()
  const length = norm(own)
  // Gram and Schmidt, twice: once leaves rounding behind.
  for (let twice = 0; twice < 2; twice++) {
    for (const other of basis) {
      const shared = dot(other, own)
      for (let f = 0; f < own.length; f++) own[f] -= shared * other[f]
    }
  }
  const left = norm(own)
  return left > 1e-10 * length && left > 1e-150 ? own.map((x) => x / left) : null
}

function combined(vectors: readonly Float64Array[], shares: Float64Array): Float64Array {
  const sum = new Float64Array(vectors[0].length)
  vectors.forEach((vector, k) => {
    for (let f = 0; f < sum.length; f++) sum[f] += shares[k] * vector[f]
  })
  return sum
}

function centred(chosen: Matrix, weights: Float32Array | undefined): { mean: Float64Array; deviations: Matrix } {
  const { rows, columns: features } = chosen
  const mean = new Float64Array(features)
  const seen = new Float64Array(features)
  for (let i = 0; i < rows; i++) {
    const row = rowOf(chosen, i)
    const weight = weights === undefined ? 1 : weights[i]
    for (let f = 0; f < features; f++) {
      if (Number.isNaN(row[f])) continue
      seen[f] += weight
      mean[f] += (row[f] - mean[f]) / (seen[f] / weight)
    }
  }
  const data = new Float32Array(rows * features)
  for (let i = 0; i < rows; i++) {
    const row = rowOf(chosen, i)
    for (let f = 0; f < features; f++) if (!Number.isNaN(row[f])) data[i * features + f] = row[f] - mean[f]
  }
  return { mean, deviations: { rows, columns: features, data } }
}

type Apply = (v: Float64Array) => Float64Array

/** v ↦ Cov·v with the covariance matrix written out: for many rows of few features. */
function byCovariance(x: Matrix, weights: Float32Array | undefined): Apply {
  const { rows, columns } = x
  const covariance = products(x, weights)
  const total = weights === undefined ? rows : sumOf(weights)
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      covariance[a * columns + b] /= total
      covariance[b * columns + a] = covariance[a * columns + b]
    }
  }
  return (v) => v.map((_, a) => dot(covariance.subarray(a * columns, (a + 1) * columns), v))
}

/** v ↦ Xᵀ(X v) / n without the covariance matrix: for few rows of many features. */
function byRows(x: Matrix, weights: Float32Array | undefined): Apply {
  const total = weights === undefined ? x.rows : sumOf(weights)
  return (v) => {
    const out = new Float64Array(x.columns)
    for (let i = 0; i < x.rows; i++) {
      const row = rowOf(x, i)
      const along = (dot(row, v) * (weights === undefined ? 1 : weights[i])) / total
      for (let f = 0; f < x.columns; f++) out[f] += along * row[f]
    }
    return out
  }
}

const sumOf = (weights: Float32Array): number => weights.reduce((sum, weight) => sum + weight, 0)

const norm = (v: Float64Array): number => Math.sqrt(dot(v, v))

function positive(direction: Float64Array): Float64Array {
  let largest = 0
  for (let f = 1; f < direction.length; f++) {
    if (Math.abs(direction[f]) > Math.abs(direction[largest]) + 1e-12) largest = f
  }
  return direction[largest] < 0 ? direction.map((x) => -x) : direction
}

function dot(a: Float64Array | Float32Array, b: Float64Array | Float32Array): number {
  let sum = 0
  for (let f = 0; f < a.length; f++) sum += a[f] * b[f]
  return sum
}
