import type { Samples } from '@som/core'

/** Some rows of samples, in the order given, with features only. */
export function rowsAt({ features, sources, decimal, data }: Samples, rows: readonly number[]): Samples {
  const width = features.length
  const chosen = new Float64Array(rows.length * width)
  rows.forEach((row, at) => {
    for (let f = 0; f < width; f++) chosen[at * width + f] = data[row * width + f]
  })
  return { features, rows: rows.length, data: chosen, ...(sources && { sources }), ...(decimal && { decimal }) }
}

type Numbers = Samples['data']

/** Columns that are read at once: rows lie in memory row by row, and each look at them is a pass over all of it. */
const AT_ONCE = 4

/**
 * Calls `visit` with the numbers of each of the `chosen` columns and its place among them. They are valid until the
 * next call, and may be changed.
 */
export function eachColumn(
  { features, rows, data }: Pick<Samples, 'features' | 'rows' | 'data'>,
  chosen: readonly number[],
  visit: (values: Numbers, place: number) => void,
): void {
  const width = features.length
  const columns = chosen.slice(0, AT_ONCE).map(() => numbersLike(data, rows))
  for (let from = 0; from < chosen.length; from += AT_ONCE) {
    const some = chosen.slice(from, from + AT_ONCE)
    for (let first = 0; first < rows; first += BLOCK)
      some.forEach((f, k) => {
        copyColumn(data, width, f, columns[k], first, Math.min(rows, first + BLOCK))
      })
    for (let k = 0; k < some.length; k++) visit(columns[k], from + k)
  }
}

/** Rows that the nearest memory holds while their columns are taken apart. */
const BLOCK = 512

function copyColumn(data: Numbers, width: number, f: number, to: Numbers, first: number, end: number): void {
  for (let row = first, at = first * width + f; row < end; row++, at += width) to[row] = data[at]
}

/** Room for so many numbers of the same type. */
export const numbersLike = (data: Numbers, length: number): Numbers =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)

/** Brings the numbers before the missing ones, in their order, and gives them. */
export function withoutMissing<T extends Numbers>(values: T): T {
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) values[count++] = values[i]
  // Part of an array has the type of the array.
  return values.subarray(0, count) as T
}

/**
 * The median of values, whose order changes; NaN if there are none. Of `total` values only some may be given, if
 * `before` of the others are less than any of them, and the rest greater.
 */
export function medianOf(values: Numbers, total: number = values.length, before = 0): number {
  const half = (total >> 1) - before
  if (total === 0) return Number.NaN
  // Added to 0, so that a median of 0 has no sign: it is chance which of 0 and -0 lies in the middle.
  const upper = 0 + placed(values, half)
  if (total % 2 === 1) return upper
  let lower = values[0]
  for (let i = 1; i < half; i++) if (values[i] > lower) lower = values[i]
  return lower / 2 + upper / 2
}

/**
 * Brings the value that would be at `place` if all were sorted there, smaller ones before it and larger ones after it:
 * C. A. R. Hoare, Algorithm 65: find, 1961. Gives it.
 */
function placed(values: Numbers, place: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = values[low + ((high - low) >> 1)]
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i > j) break
      const moved = values[i]
      values[i++] = values[j]
      values[j--] = moved
    }
    if (place <= j) high = j
    else if (place >= i) low = i
    else break
  }
  return values[place]
}
