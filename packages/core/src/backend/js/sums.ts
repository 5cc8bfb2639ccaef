import { isSparse, type Matrix, type SparseMatrix } from '../../rows/matrix.ts'
import type { EpochSums, Matches, Rows } from '../backend.ts'
import { scatterRow } from './sparse-search.ts'

/** Adds up matched samples per unit, in ascending sample order. */
export function sumRows(units: number, samples: Rows, matches: Matches): EpochSums {
  const { matrix, weights } = samples
  const features = matrix.columns
  const missing = hasMissing(matrix)
  const sums = new Float64Array(units * features)
  const counts = new Float64Array(missing ? units * features : units)
  const add = isSparse(matrix) && !missing ? addStored(matrix, sums) : addRow(matrix, sums, missing ? counts : null)
  let distance = 0
  let total = 0
  for (let i = 0; i < matrix.rows; i++) {
    const unit = matches.unit[i]
    if (unit < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    add(i, unit, weight)
    if (!missing) counts[unit] += weight
    distance += weight * matches.distance[i]
    total += weight
  }
  return { sums, counts, distance, weight: total }
}

type Add = (i: number, unit: number, weight: number) => void

function addRow(matrix: Matrix | SparseMatrix, sums: Float64Array, counts: Float64Array | null): Add {
  const features = matrix.columns
  const sparse = isSparse(matrix) ? matrix : null
  const row = new Float32Array(features)
  return (i, unit, weight) => {
    if (sparse) scatterRow(sparse, i, row)
    const values = isSparse(matrix) ? row : matrix.data
    const from = sparse ? 0 : i * features
    const at = unit * features
    for (let f = 0; f < features; f++) {
      const x = values[from + f]
      if (Number.isNaN(x)) continue
      sums[at + f] += weight * x
      if (counts) counts[at + f] += weight
    }
  }
}

function addStored({ offsets, indices, values, columns }: SparseMatrix, sums: Float64Array): Add {
  return (i, unit, weight) => {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) sums[unit * columns + indices[p]] += weight * values[p]
  }
}

function hasMissing(matrix: Matrix | SparseMatrix): boolean {
  const values = isSparse(matrix) ? matrix.values : matrix.data
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true
  return false
}
