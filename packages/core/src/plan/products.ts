import type { Matrix } from '../rows/matrix.ts'

/** Columns of a tile. Eight sums stay in registers while rows go by: more would not fit. */
const TILE = 4
/** Rows whose columns are laid out one after another at a time, so that those of two tiles stay in the cache. */
const BLOCK = 256

/**
 * XᵀWX of rows without missing values: sums over the rows, in ascending order, of the products of each two columns, as
 * columns × columns of which the half with b ≤ a is filled. A row's weight is a factor on the first, in f64.
 */
export function products({ rows, columns, data }: Matrix, weights?: Float32Array): Float64Array {
  // Columns of zeros fill the last tile.
  const width = Math.ceil(columns / TILE) * TILE
  const sums = new Float64Array(width * width)
  const plain = new Float64Array(width * BLOCK)
  const weighted = weights === undefined ? plain : new Float64Array(width * BLOCK)
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from)
    for (let i = 0; i < count; i++) {
      const at = (from + i) * columns
      for (let f = 0; f < columns; f++) plain[f * BLOCK + i] = data[at + f]
      if (weights === undefined) continue
      for (let f = 0; f < columns; f++) weighted[f * BLOCK + i] = data[at + f] * weights[from + i]
    }
    for (let a = 0; a < width; a += TILE)
      for (let b = 0; b <= a; b += TILE) addTile(sums, width, weighted, plain, a, b, count)
  }
  return cutTo(columns, sums, width)
}

/**
 * Adds the products of `count` rows of the columns from `a` on with those from `b` on. Each number has a name of its
 * own: engines make an array of what is taken apart in brackets, which takes four times as long.
 */
function addTile(
  sums: Float64Array,
  width: number,
  left: Float64Array,
  right: Float64Array,
  a: number,
  b: number,
  count: number,
): void {
  const a0 = a * BLOCK
  const a1 = a0 + BLOCK
  const a2 = a1 + BLOCK
  const a3 = a2 + BLOCK
  for (let k = b; k < b + TILE; k += 2) {
    const b0 = k * BLOCK
    const b1 = b0 + BLOCK
    const r0 = a * width + k
    const r1 = r0 + width
    const r2 = r1 + width
    const r3 = r2 + width
    let s0 = sums[r0]
    let s1 = sums[r1]
    let s2 = sums[r2]
    let s3 = sums[r3]
    let t0 = sums[r0 + 1]
    let t1 = sums[r1 + 1]
    let t2 = sums[r2 + 1]
    let t3 = sums[r3 + 1]
    for (let i = 0; i < count; i++) {
      const x0 = left[a0 + i]
      const x1 = left[a1 + i]
      const x2 = left[a2 + i]
      const x3 = left[a3 + i]
      const y0 = right[b0 + i]
      const y1 = right[b1 + i]
      s0 += x0 * y0
      s1 += x1 * y0
      s2 += x2 * y0
      s3 += x3 * y0
      t0 += x0 * y1
      t1 += x1 * y1
      t2 += x2 * y1
      t3 += x3 * y1
    }
    sums[r0] = s0
    sums[r1] = s1
    sums[r2] = s2
    sums[r3] = s3
    sums[r0 + 1] = t0
    sums[r1 + 1] = t1
    sums[r2 + 1] = t2
    sums[r3 + 1] = t3
  }
}

function cutTo(columns: number, sums: Float64Array, width: number): Float64Array {
  if (width === columns) return sums
  const cut = new Float64Array(columns * columns)
  for (let a = 0; a < columns; a++) cut.set(sums.subarray(a * width, a * width + columns), a * columns)
  return cut
}
