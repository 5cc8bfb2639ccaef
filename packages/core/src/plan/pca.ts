import { random, sampleIndices } from '../random.ts'
import { type Matrix, rowOf } from '../rows/matrix.ts'
import { lookAt, type RowsLook } from '../rows/rows-look.ts'

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
const ITERATIONS = 200
const SETTLED = 1e-9

/**
 * The two leading principal components, by subspace iteration on a sample of the rows drawn by `seed`. A missing value counts as its feature's mean.
 * A single feature has a second component of deviation 0.
 */
export function principalComponents(given: Matrix | RowsLook, seed: number): Principal {
  const rows = 'pick' in given ? given : lookAt(given)
  const count = Math.min(rows.rows, MOST_ROWS, Math.max(500, Math.floor(MOST_VALUES / rows.columns)))
  const { mean, deviations } = centred(rows.pick(sampleIndices(random(seed, 'pca'), rows.rows, count)))
  const apply = deviations.rows * 2 > rows.columns ? byCovariance(deviations) : byRows(deviations)

  const source = random(seed, 'pca', 'start')
  let basis: Float64Array[] = [0, 1].map(() => Float64Array.from({ length: rows.columns }, () => source() - 0.5))
  orthonormalise(basis)
  let variances = [0, 0]
  for (let t = 0; t < ITERATIONS; t++) {
    const images = basis.map(apply)
    const before = variances
    variances = [dot(basis[0], images[0]), dot(basis[1], images[1])]
    basis = images
    orthonormalise(basis)
    const moved = Math.abs(variances[0] - before[0]) + Math.abs(variances[1] - before[1])
    if (moved <= SETTLED * (variances[0] + variances[1])) break
  }
  const components = basis.map((direction) => ({ direction: positive(direction), deviation: spread(apply, direction) }))
  components.sort((a, b) => b.deviation - a.deviation)
  return { mean, components: [components[0], components[1]] }
}

function centred(chosen: Matrix): { mean: Float64Array; deviations: Matrix } {
  const { rows, columns: features } = chosen
  const mean = new Float64Array(features)
  const seen = new Float64Array(features)
  for (let i = 0; i < rows; i++) {
    const row = rowOf(chosen, i)
    for (let f = 0; f < features; f++) if (!Number.isNaN(row[f])) mean[f] += (row[f] - mean[f]) / ++seen[f]
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
function byCovariance({ rows, columns, data }: Matrix): Apply {
  const covariance = new Float64Array(columns * columns)
  for (let i = 0; i < rows; i++) {
    const at = i * columns
    for (let a = 0; a < columns; a++) {
      const x = data[at + a]
      if (x === 0) continue
      for (let b = 0; b <= a; b++) covariance[a * columns + b] += x * data[at + b]
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      covariance[a * columns + b] /= rows
      covariance[b * columns + a] = covariance[a * columns + b]
    }
  }
  return (v) => v.map((_, a) => dot(covariance.subarray(a * columns, (a + 1) * columns), v))
}

/** v ↦ Xᵀ(X v) / n without the covariance matrix: for few rows of many features. */
function byRows(x: Matrix): Apply {
  return (v) => {
    const out = new Float64Array(x.columns)
    for (let i = 0; i < x.rows; i++) {
      const row = rowOf(x, i)
      const along = dot(row, v) / x.rows
      for (let f = 0; f < x.columns; f++) out[f] += along * row[f]
    }
    return out
  }
}

/** Gram and Schmidt. A vector with nothing of its own becomes 0. */
function orthonormalise([first, second]: Float64Array[]): void {
  normalise(first)
  for (let twice = 0; twice < 2; twice++) {
    const shared = dot(first, second)
    for (let f = 0; f < second.length; f++) second[f] -= shared * first[f]
  }
  normalise(second)
}

function normalise(v: Float64Array): void {
  const norm = Math.sqrt(dot(v, v))
  for (let f = 0; f < v.length; f++) v[f] = norm > 1e-150 ? v[f] / norm : 0
}

function spread(apply: Apply, direction: Float64Array): number {
  return Math.sqrt(Math.max(0, dot(direction, apply(direction))))
}

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
