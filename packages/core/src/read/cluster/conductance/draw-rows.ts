import type { Rows } from '../../../backend/backend.ts'
import { chooseRows, isSparse, type Matrix, type SparseMatrix } from '../../../rows/matrix.ts'
import { hashesOf } from './hash-rows.ts'

/** Rows drawn from more of them. */
export interface Drawn extends Required<Rows> {
  /** A number for what each row holds; rows of one kind follow each other. */
  readonly kind: Float64Array
}

/**
 * At most `most` rows, evenly from all of them, in an order that only depends on what they hold: the same rows in any
 * order give the same bits. Weights are divided by their mean.
 */
export function drawRows({ matrix, weights }: Rows, most: number): Drawn {
  const hashes = hashesOf(matrix)
  const chosen = evenly(hashes, most).sort(
    (a, b) => hashes[a] - hashes[b] || (weights?.[a] ?? 1) - (weights?.[b] ?? 1) || a - b,
  )
  const drawn = Float32Array.from(chosen, (row) => weights?.[row] ?? 1)
  const mean = drawn.reduce((sum, weight) => sum + weight, 0) / Math.max(1, drawn.length)
  return {
    matrix: rowsAt(matrix, chosen),
    weights: mean > 0 ? drawn.map((weight) => weight / mean) : drawn,
    kind: Float64Array.from(chosen, (row) => hashes[row]),
  }
}

/** Some of the rows, in their order. */
export function takeRows({ matrix, weights, kind }: Drawn, isTaken: (row: number) => boolean): Drawn {
  const chosen = Uint32Array.from(kind.keys()).filter(isTaken)
  return {
    matrix: rowsAt(matrix, chosen),
    weights: Float32Array.from(chosen, (row) => weights[row]),
    kind: Float64Array.from(chosen, (row) => kind[row]),
  }
}

/** The first row of each kind: rows that are all different. */
export function distinctRows({ kind }: Drawn): Uint32Array {
  return Uint32Array.from(kind.keys()).filter((row) => row === 0 || kind[row] !== kind[row - 1])
}

/** Of rows that are all alike their share is taken, which the lowest hashes would not do. */
function evenly(hashes: Float64Array, most: number): Uint32Array {
  const sorted = hashes.slice().sort()
  const count = Math.min(most, hashes.length)
  const wanted = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const hash = sorted[Math.floor((i * hashes.length) / count)]
    wanted.set(hash, (wanted.get(hash) ?? 0) + 1)
  }
  const chosen = new Uint32Array(count)
  for (let row = 0, at = 0; row < hashes.length && at < count; row++) {
    const left = wanted.get(hashes[row]) ?? 0
    if (left === 0) continue
    wanted.set(hashes[row], left - 1)
    chosen[at++] = row
  }
  return chosen
}

/** Rows in the order given, copied. */
export function rowsAt(matrix: Matrix | SparseMatrix, chosen: Uint32Array): Matrix | SparseMatrix {
  // One kind at a time, for the overloads.
  return isSparse(matrix) ? chooseRows(matrix, chosen) : chooseRows(matrix, chosen)
}
