import { isSparse, type Matrix, type SparseMatrix } from '../../../rows/matrix.ts'

/** 53 bits of each row's values; equal rows have equal ones. */
export function hashesOf(matrix: Matrix | SparseMatrix): Float64Array {
  const hashes = new Float64Array(matrix.rows)
  const words = isSparse(matrix) ? wordsOf(matrix.values) : wordsOf(matrix.data)
  for (let row = 0; row < matrix.rows; row++) {
    const from = isSparse(matrix) ? matrix.offsets[row] : row * matrix.columns
    const to = isSparse(matrix) ? matrix.offsets[row + 1] : from + matrix.columns
    hashes[row] = hashOf(words, from, to, isSparse(matrix) ? matrix.indices : undefined)
  }
  return hashes
}

const wordsOf = (values: Float32Array): Int32Array => new Int32Array(values.buffer, values.byteOffset, values.length)

/** The hash of one row, whose values are words `from` to `to`, in the columns of the `indices` or one after another. */
function hashOf(words: Int32Array, from: number, to: number, indices: Uint32Array | undefined): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (let at = from; at < to; at++) {
    let word = words[at]
    const size = word & 0x7fffffff
    // Sparse rows hold no zeros, or some.
    if (size === 0) continue
    // One missing value, whatever its bits.
    if (size > 0x7f800000) word = 0x7fc00000
    const column = indices === undefined ? at - from : indices[at]
    a = Math.imul(a ^ column, 0x01000193)
    a ^= a >>> 15
    a = Math.imul(a ^ word, 0x01000193)
    a ^= a >>> 15
    b = Math.imul(b ^ column, 0x85ebca6b)
    b ^= b >>> 13
    b = Math.imul(b ^ word, 0x85ebca6b)
    b ^= b >>> 13
  }
  return finished(a) * 2 ** 21 + (finished(b) >>> 11)
}

function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
