import { isSparse, type Matrix, type SparseMatrix } from '../../../rows/matrix.ts'

/** 53 bits of each row's values; equal rows have equal ones. */
export function hashesOf(matrix: Matrix | SparseMatrix): Float64Array {
  const hashes = new Float64Array(matrix.rows)
  const bitsOf = bits()
  for (let row = 0; row < matrix.rows; row++) {
    let [a, b] = [0x811c9dc5, 0x9e3779b9]
    const mix = (word: number): void => {
      a = Math.imul(a ^ word, 0x01000193)
      a ^= a >>> 15
      b = Math.imul(b ^ word, 0x85ebca6b)
      b ^= b >>> 13
    }
    const from = isSparse(matrix) ? matrix.offsets[row] : row * matrix.columns
    const to = isSparse(matrix) ? matrix.offsets[row + 1] : from + matrix.columns
    for (let at = from; at < to; at++) {
      const value = isSparse(matrix) ? matrix.values[at] : matrix.data[at]
      // Sparse rows hold no zeros, or some.
      if (value === 0) continue
      mix(isSparse(matrix) ? matrix.indices[at] : at - from)
      mix(bitsOf(value))
    }
    hashes[row] = finished(a) * 2 ** 21 + (finished(b) >>> 11)
  }
  return hashes
}

function bits(): (value: number) => number {
  const number = new Float32Array(1)
  const word = new Int32Array(number.buffer)
  return (value) => {
    number[0] = value
    // One missing value, whatever its bits.
    return Number.isNaN(value) ? 0x7fc00000 : word[0]
  }
}

function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
