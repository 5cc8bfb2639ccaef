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

/** The values of a feature in some rows, without missing ones. */
export function valuesAt({ features, data }: Samples, feature: string, rows: ArrayLike<number>): Float64Array {
  const at = features.indexOf(feature)
  const values = new Float64Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const x = data[rows[i] * features.length + at]
    if (!Number.isNaN(x)) values[count++] = x
  }
  return values.subarray(0, count)
}

/** The median of values, whose order changes; NaN if there are none. */
export function medianOf(values: Float64Array): number {
  const half = values.length >> 1
  if (values.length === 0) return Number.NaN
  const upper = placed(values, half)
  if (values.length % 2 === 1) return upper
  let lower = values[0]
  for (let i = 1; i < half; i++) if (values[i] > lower) lower = values[i]
  return lower / 2 + upper / 2
}

/**
 * Brings the value that would be at `place` if all were sorted there, smaller ones before it and larger ones after it:
 * C. A. R. Hoare, Algorithm 65: find, 1961. Gives it.
 */
function placed(values: Float64Array, place: number): number {
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
