import type { Rows } from '../backend/backend.ts'
import type { Issues } from '../issue.ts'
import type { Feature } from '../som.ts'
import { isSparse, type Matrix, matrix, type SparseMatrix } from './matrix.ts'
import { bendOf, type FeaturePreprocessing, type Linear, linearPreprocessing } from './preprocessing.ts'
import type { Samples } from './samples.ts'

/** Numbers above this do not fit in f32. */
const MOST_F32 = 3.4028234663852886e38

/** Which rows to transform. */
export interface Which {
  /** The rows in order; by default all of them. */
  readonly used?: Uint32Array
  /** The number of rows before the first one, for messages. */
  readonly before?: number
}

/** Rows preprocessed, their features from the columns `from`. */
export function transform(
  samples: Pick<Samples, 'features' | 'rows' | 'data' | 'weights'>,
  features: readonly Feature[],
  from: readonly number[],
  issues: Issues,
  { used, before = 0 }: Which = {},
): (Rows & { readonly matrix: Matrix }) | null {
  const columns = samples.features.length
  const untouched = features.every((feature, f) => from[f] === f && isIdentity(feature.preprocessing))
  if (used === undefined && untouched && features.length === columns && samples.data instanceof Float32Array) {
    return { matrix: matrix(samples.rows, columns, samples.data), weights: samples.weights }
  }
  const rows = used?.length ?? samples.rows
  const out = matrix(rows, features.length)
  const refused = preprocess(samples.data, columns, used, features, from, out)
  for (const [f, { i, x }] of [...refused].sort(([a], [b]) => a - b)) {
    const { name, preprocessing } = features[f]
    issues.add(name, `row ${before + i + 1}: ${x} is beyond what ${preprocessing.method} can bring into 32-bit range`)
  }
  const { weights } = samples
  return issues.list.length > 0 ? null : { matrix: out, weights: weights && used ? weightsAt(weights, used) : weights }
}

/**
 * Fills `out`, row by row as the rows lie in memory. Gives the first value of each feature that does not fit in f32,
 * and its row.
 */
function preprocess(
  data: Samples['data'],
  columns: number,
  used: Uint32Array | undefined,
  features: readonly Feature[],
  from: readonly number[],
  out: Matrix,
): Map<number, { readonly i: number; readonly x: number }> {
  const width = features.length
  const places = Int32Array.from(from)
  const numbersOf = (name: keyof Linear): Float64Array =>
    Float64Array.from(features, ({ preprocessing }) => preprocessing[name])
  const [centres, scales, factors] = [numbersOf('centre'), numbersOf('scale'), numbersOf('factor')]
  const bends = features.map(({ preprocessing: p }) => (linearPreprocessing(p) ? null : bendOf(p.method, p.cofactor)))
  const isBent = bends.some((bend) => bend !== null)
  const refused = new Map<number, { readonly i: number; readonly x: number }>()
  for (let at = 0, place = 0; at < out.rows; at++) {
    const i = used === undefined ? at : used[at]
    const start = i * columns
    for (let f = 0; f < width; f++, place++) {
      const x = data[start + places[f]]
      const bend = isBent ? bends[f] : null
      const bent = bend === null ? x : bend(x)
      // As `scaled`, whose call for each number would take longer than its arithmetic.
      const y = (factors[f] * (bent - centres[f])) / scales[f]
      out.data[place] = y
      if (!(Math.abs(y) <= MOST_F32) && !Number.isNaN(x) && !refused.has(f)) refused.set(f, { i, x })
    }
  }
  return refused
}

/** The weights of some rows. */
export function weightsAt(weights: Float32Array, rows: Uint32Array): Float32Array {
  return Float32Array.from(rows, (i) => weights[i])
}

function isIdentity(p: FeaturePreprocessing): boolean {
  return p.method === 'none' && p.factor === 1
}

/** Rows with every feature missing. */
export function countEmptyRows(rows: Matrix | SparseMatrix): number {
  if (isSparse(rows)) return 0
  let empty = 0
  for (let i = 0; i < rows.rows; i++) {
    let f = 0
    while (f < rows.columns && Number.isNaN(rows.data[i * rows.columns + f])) f++
    if (f === rows.columns) empty++
  }
  return empty
}
