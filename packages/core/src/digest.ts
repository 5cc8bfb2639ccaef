import type { Rows } from './backend.ts'
import { isSparse } from './matrix.ts'

/** A fingerprint of rows and their weights, so that a resumed run can tell whether it has the same ones. Not cryptographic: it guards against mistakes. */
export function digestOf({ matrix: rows, weights }: Rows): string {
  const values = isSparse(rows) ? [rows.offsets, rows.indices, rows.values] : [rows.data]
  const parts = weights === undefined ? values : [...values, weights]
  let a = 0x811c9dc5 ^ rows.rows
  let b = 0x9e3779b9 ^ rows.columns
  for (const part of parts) {
    const words = new Uint32Array(part.buffer, part.byteOffset, part.length)
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 0x01000193)
      b = Math.imul(b ^ (words[i] >>> 16) ^ (words[i] << 16), 0x85ebca6b) ^ (b >>> 13)
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
