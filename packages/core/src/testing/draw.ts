import type { Rows } from '../backend/backend.ts'
import { random } from '../random.ts'
import { type Matrix, matrix, toSparse } from '../rows/matrix.ts'

/** Roughly normal numbers around 0, drawn by `seed`; a share of them may be missing. */
export function drawMatrix(rows: number, columns: number, seed: number, missing = 0): Matrix {
  const source = random(seed, 'draw')
  const drawn = matrix(rows, columns)
  for (let i = 0; i < drawn.data.length; i++) {
    const value = source() + source() + source() + source() - 2
    drawn.data[i] = source() < missing ? Number.NaN : value
  }
  return drawn
}

/** Rows in `clusters` clusters, typical data for a map. */
export function drawClusters(rows: number, columns: number, clusters: number, seed: number): Matrix {
  const centres = drawMatrix(clusters, columns, seed + 1)
  const noise = drawMatrix(rows, columns, seed)
  const source = random(seed, 'cluster')
  for (let i = 0; i < rows; i++) {
    const c = Math.floor(source() * clusters)
    for (let f = 0; f < columns; f++) {
      noise.data[i * columns + f] = 0.3 * noise.data[i * columns + f] + 5 * centres.data[c * columns + f]
    }
  }
  return noise
}

/** Sparse rows with the given share of values stored. */
export function drawSparse(rows: number, columns: number, seed: number, share = 0.2): Rows['matrix'] {
  const source = random(seed, 'sparse')
  const dense = drawMatrix(rows, columns, seed)
  return toSparse({ ...dense, data: dense.data.map((x) => (source() < share ? x : 0)) })
}

/** Weights between 0 and 2, some of them 0. */
export function drawWeights(rows: number, seed: number): Float32Array {
  const source = random(seed, 'weights')
  return Float32Array.from({ length: rows }, () => (source() < 0.1 ? 0 : 2 * source()))
}
