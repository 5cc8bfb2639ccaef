import type { Rows } from '../backend/backend.ts'
import { isSparse } from './matrix.ts'

/** Computes a fingerprint of rows that arrive part by part. */
export interface Digester {
  add(part: Rows): void
  done(): string
}

/**
 * A fingerprint of rows and their weights, so that a resumed run can check that it has the same ones. Not
 * cryptographic: it guards against mistakes.
 */
export function digestOf(rows: Rows): string {
  const digester = digesterOf(rows.matrix)
  digester.add(rows)
  return digester.done()
}

/** Returns the digest of `rows` × `columns`, however they are divided into parts. */
export function digesterOf({ rows, columns }: { readonly rows: number; readonly columns: number }): Digester {
  const values = new Fingerprint(rows, columns)
  const weights = new Fingerprint(rows, 1)
  let weighted = false
  return {
    add({ matrix, weights: given }) {
      for (const part of isSparse(matrix) ? [matrix.offsets, matrix.indices, matrix.values] : [matrix.data])
        values.add(part)
      if (given === undefined) return
      weighted = true
      weights.add(given)
    },
    done() {
      if (weighted) values.add(weights.state())
      return Array.from(values.state(), (half) => half.toString(16).padStart(8, '0')).join('')
    },
  }
}

class Fingerprint {
  private a: number
  private b: number

  constructor(rows: number, columns: number) {
    this.a = 0x811c9dc5 ^ rows
    this.b = 0x9e3779b9 ^ columns
  }

  add(part: Uint32Array | Float32Array): void {
    const words = new Uint32Array(part.buffer, part.byteOffset, part.length)
    let { a, b } = this
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 0x01000193)
      b = Math.imul(b ^ (words[i] >>> 16) ^ (words[i] << 16), 0x85ebca6b) ^ (b >>> 13)
    }
    this.a = a
    this.b = b
  }

  state(): Uint32Array {
    return Uint32Array.of(this.a, this.b)
  }
}
