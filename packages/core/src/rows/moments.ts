import type { Rows } from '../backend/backend.ts'
import { chunkRowsOf } from '../chunks/chunk-rows.ts'
import { chunkCount } from '../chunks/cut.ts'
import { type ChunkNode, mergeTree } from '../chunks/merge-tree.ts'
import type { Numbers } from '../chunks/packed.ts'
import { isSparse, type SparseMatrix } from './matrix.ts'

/** Statistics of rows, in f64. A row of weight w counts as w repetitions of it. */
export interface Moments {
  readonly means: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
  /** Sum of the features' variances: the mean squared distance of the rows from their mean. */
  readonly variance: number
}

/** Gathers the statistics of rows of weights above 0 that arrive part by part, in one pass. */
export interface MomentsTally {
  add(values: Float32Array, weights?: Float32Array): void
  /** The rows that follow begin this chunk. */
  seek(chunk: number): void
  /** What was found in the chunks, the last of which is ended. */
  nodes(): ChunkNode<Numbers>[]
  /** Adds what another has found in other chunks. */
  take(node: ChunkNode<Numbers>): void
  done(): Moments
}

/**
 * Over each chunk of `chunkRows` rows: B. P. Welford, Note on a method for calculating corrected sums of squares and
 * products, 1962; weighted after D. H. D. West, 1979. Chunks merge after T. F. Chan, G. H. Golub, R. J. LeVeque, 1979.
 */
export function momentsOf(columns: number, chunkRows: number = chunkRowsOf(columns)): MomentsTally {
  let chunk = emptyChunk(columns)
  let chunks = 0
  const tree = mergeTree(merged)
  const count = chunkCount(chunkRows, (index) => {
    tree.add({ level: 0, index, value: chunk })
    chunk = emptyChunk(columns)
  })
  return {
    add(values, weights) {
      count.cut(values.length / columns, (from, to) =>
        addTo(chunk, values.subarray(from * columns, to * columns), weights?.subarray(from, to)),
      )
    },
    seek: count.seek,
    nodes() {
      count.end()
      return tree.nodes()
    },
    take(node) {
      tree.add(node)
      chunks = Math.max(chunks, (node.index + 1) * 2 ** node.level)
    },
    done() {
      chunks = Math.max(chunks, count.end())
      const [least, most, seen, means, squares] = (chunks > 0 ? tree.total(chunks) : chunk) as Float64Array[]
      const variance = squares.reduce((sum, square, f) => (seen[f] > 0 ? sum + square / seen[f] : sum), 0)
      return { means, least, most, variance }
    },
  }
}

/** The least, the most, the weight, the mean and the squared deviations of each column. */
const emptyChunk = (columns: number): Float64Array[] => [
  new Float64Array(columns).fill(Number.POSITIVE_INFINITY),
  new Float64Array(columns).fill(Number.NEGATIVE_INFINITY),
  ...[0, 1, 2].map(() => new Float64Array(columns)),
]

function addTo(chunk: readonly Float64Array[], values: Float32Array, weights: Float32Array | undefined): void {
  const [least, most, seen, means, squares] = chunk
  const columns = least.length
  for (let at = 0, i = 0; at < values.length; at += columns, i++) {
    const weight = weights === undefined ? 1 : weights[i]
    if (!(weight > 0)) continue
    for (let f = 0; f < columns; f++) {
      const x = values[at + f]
      if (Number.isNaN(x)) continue
      const deviation = x - means[f]
      seen[f] += weight
      means[f] += deviation / (seen[f] / weight)
      squares[f] += weight * deviation * (x - means[f])
      if (x < least[f]) least[f] = x
      if (x > most[f]) most[f] = x
    }
  }
}

function merged(a: Numbers, b: Numbers): Numbers {
  const out = emptyChunk(a[0].length)
  for (let f = 0; f < a[0].length; f++) {
    const [leastA, mostA, seenA, meanA, squaresA] = a.map((numbers) => numbers[f])
    const [leastB, mostB, seenB, meanB, squaresB] = b.map((numbers) => numbers[f])
    const seen = seenA + seenB
    const share = seen > 0 ? seenB / seen : 0
    const apart = seenA > 0 ? meanB - meanA : 0
    out[0][f] = Math.min(leastA, leastB)
    out[1][f] = Math.max(mostA, mostB)
    out[2][f] = seen
    out[3][f] = seenA > 0 ? (seenB > 0 ? meanA + apart * share : meanA) : meanB
    out[4][f] = squaresA + squaresB + (seenB > 0 ? apart * apart * seenA * share : 0)
  }
  return out
}

/** The mean squared distance of rows from their mean, ignoring missing values. */
export function varianceOf({ matrix, weights }: Rows, chunkRows?: number): number {
  if (isSparse(matrix)) return sparseVariance(matrix, weights)
  const moments = momentsOf(matrix.columns, chunkRows)
  moments.add(matrix.data, weights)
  return moments.done().variance
}

/** Means first, then the deviations of stored values and of the implied zeros. */
function sparseVariance(m: SparseMatrix, weights: Float32Array | undefined): number {
  const means = new Float64Array(m.columns)
  const squares = new Float64Array(m.columns)
  const stored = new Float64Array(m.columns)
  const missing = new Float64Array(m.columns)
  let total = 0
  for (let i = 0; i < m.rows; i++) total += weights?.[i] ?? 1
  eachStored(m, weights, (f, x, weight) => {
    if (Number.isNaN(x)) missing[f] += weight
    else {
      stored[f] += weight
      means[f] += weight * x
    }
  })
  for (let f = 0; f < m.columns; f++) if (total > missing[f]) means[f] /= total - missing[f]
  eachStored(m, weights, (f, x, weight) => {
    if (!Number.isNaN(x)) squares[f] += weight * (x - means[f]) ** 2
  })
  return squares.reduce((sum, square, f) => {
    const present = total - missing[f]
    return present > 0 ? sum + (square + (present - stored[f]) * means[f] ** 2) / present : sum
  }, 0)
}

function eachStored(
  { rows, offsets, indices, values }: SparseMatrix,
  weights: Float32Array | undefined,
  visit: (f: number, x: number, weight: number) => void,
): void {
  for (let i = 0; i < rows; i++) {
    const weight = weights?.[i] ?? 1
    for (let p = offsets[i]; p < offsets[i + 1]; p++) visit(indices[p], values[p], weight)
  }
}
