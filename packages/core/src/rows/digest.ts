import type { Rows } from '../backend/backend.ts'
import { chunkRowsOf } from '../chunks/chunk-rows.ts'
import { type ChunkCount, chunkCount } from '../chunks/cut.ts'
import { isSparse, type Matrix } from './matrix.ts'

/** Computes a fingerprint of rows that arrive part by part. */
export interface Digester {
  add(part: Rows): void
  done(): string
}

/**
 * A fingerprint of rows and their weights, so that a resumed run can check that it has the same ones. Not
 * cryptographic: it guards against mistakes.
 */
export function digestOf(rows: Rows, chunkRows?: number): string {
  const digester = digesterOf(rows.matrix, chunkRows)
  digester.add(rows)
  return digester.done()
}

/**
 * Returns the digest of `rows` × `columns`, however they are divided into parts. Dense rows have one for each chunk of
 * `chunkRows`; where there are several, the digest is that of those.
 */
export function digesterOf(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  chunkRows: number = chunkRowsOf(columns),
): Digester {
  const values = new ChunkedFingerprint(rows, columns, chunkRows)
  const weights = new ChunkedFingerprint(rows, 1, chunkRows)
  let sparse: Fingerprint | undefined
  let weighted = false
  return {
    add({ matrix, weights: given }) {
      if (isSparse(matrix)) {
        sparse ??= new Fingerprint(rows, columns)
        for (const part of [matrix.offsets, matrix.indices, matrix.values]) sparse.add(part)
      } else values.add(matrix.data)
      if (given === undefined) return
      weighted = true
      weights.add(given)
    },
    done() {
      const whole = sparse ?? values.whole()
      if (weighted) whole.add(weights.whole().state())
      return Array.from(whole.state(), (half) => half.toString(16).padStart(8, '0')).join('')
    },
  }
}

/** The digest of rows whose chunks have these fingerprints, in order: two words each. */
export function digestOfChunks(rows: number, columns: number, words: Uint32Array): string {
  const whole = words.length > 2 ? fingerprintOf(rows, columns, words) : words
  return Array.from(whole, (half) => half.toString(16).padStart(8, '0')).join('')
}

/** The two words of one chunk of dense rows. */
export const chunkWords = ({ rows, columns, data }: Matrix): Uint32Array => fingerprintOf(rows, columns, data)

function fingerprintOf(rows: number, columns: number, numbers: Uint32Array | Float32Array): Uint32Array {
  const own = new Fingerprint(rows, columns)
  own.add(numbers)
  return own.state()
}

class ChunkedFingerprint {
  private readonly rows: number
  private readonly columns: number
  private readonly chunkRows: number
  private readonly chunks: Fingerprint[] = []
  private readonly count: ChunkCount

  constructor(rows: number, columns: number, chunkRows: number) {
    this.rows = rows
    this.columns = columns
    this.chunkRows = chunkRows
    this.count = chunkCount(chunkRows, (chunk) => this.open(chunk + 1))
    this.open(0)
  }

  private open(chunk: number): void {
    const left = this.rows - chunk * this.chunkRows
    if (left > 0 || chunk === 0) this.chunks.push(new Fingerprint(Math.min(left, this.chunkRows), this.columns))
  }

  add(numbers: Float32Array): void {
    const { columns } = this
    this.count.cut(numbers.length / columns, (from, to) =>
      this.chunks[this.chunks.length - 1].add(numbers.subarray(from * columns, to * columns)),
    )
  }

  whole(): Fingerprint {
    if (this.chunks.length === 1) return this.chunks[0]
    const whole = new Fingerprint(this.rows, this.columns)
    for (const chunk of this.chunks) whole.add(chunk.state())
    return whole
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
