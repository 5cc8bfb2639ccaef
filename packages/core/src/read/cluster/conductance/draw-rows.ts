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

/**
 * Rows whose hashes are evenly spaced in their order, the first of those alike: of rows that are all alike their share
 * is taken, which the lowest hashes would not do.
 */
function evenly(hashes: Float64Array, most: number): Uint32Array {
  const rows = hashes.length
  if (rows <= most) return Uint32Array.from(hashes.keys())
  const { isNear, at } = ordered(hashes)
  const wanted = new Map<number, number>()
  for (let i = 0; i < most; i++) {
    const hash = at(Math.floor((i * rows) / most))
    wanted.set(hash, (wanted.get(hash) ?? 0) + 1)
  }
  const isWanted = isNear(wanted.keys())
  const chosen = new Uint32Array(most)
  for (let row = 0, place = 0; place < most; row++) {
    const left = isWanted(hashes[row]) ? (wanted.get(hashes[row]) ?? 0) : 0
    if (left === 0) continue
    wanted.set(hashes[row], left - 1)
    chosen[place++] = row
  }
  return chosen
}

/** Hashes are below this. */
const HASHES = 2 ** 53
const MOST_BUCKETS = 2 ** 20

/**
 * Hashes in ascending order, of which only those are sorted that are requested: `at` gives the one at a place. Since
 * they are even, a bucket for each of about as many ranges has few of them.
 */
function ordered(hashes: Float64Array) {
  const buckets = Math.min(MOST_BUCKETS, 2 ** Math.ceil(Math.log2(hashes.length)))
  const bucketOf = (hash: number): number => Math.floor(hash * (buckets / HASHES))
  const starts = new Uint32Array(buckets + 1)
  for (let i = 0; i < hashes.length; i++) starts[bucketOf(hashes[i]) + 1]++
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1] += starts[bucket]
  const next = starts.slice(0, buckets)
  const placed = new Float64Array(hashes.length)
  for (let i = 0; i < hashes.length; i++) placed[next[bucketOf(hashes[i])]++] = hashes[i]
  const isSorted = new Uint8Array(buckets)
  return {
    at(place: number): number {
      const bucket = bucketOf(placed[place])
      if (isSorted[bucket] === 0) placed.subarray(starts[bucket], starts[bucket + 1]).sort()
      isSorted[bucket] = 1
      return placed[place]
    },
    /** Whether a hash is in the bucket of one of some: quicker than to look for it among them. */
    isNear(some: Iterable<number>): (hash: number) => boolean {
      const holds = new Uint8Array(buckets)
      for (const hash of some) holds[bucketOf(hash)] = 1
      return (hash) => holds[bucketOf(hash)] === 1
    },
  }
}

/** Rows in the order given, copied. */
export function rowsAt(matrix: Matrix | SparseMatrix, chosen: Uint32Array): Matrix | SparseMatrix {
  // One kind at a time, for the overloads.
  return isSparse(matrix) ? chooseRows(matrix, chosen) : chooseRows(matrix, chosen)
}
