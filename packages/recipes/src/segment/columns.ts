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

/** The values of a feature in some rows, ascending and without missing ones. */
export function sortedValues({ features, data }: Samples, feature: string, rows: Iterable<number>): Float64Array {
  const at = features.indexOf(feature)
  const values: number[] = []
  for (const row of rows) {
    const x = data[row * features.length + at]
    if (!Number.isNaN(x)) values.push(x)
  }
  return Float64Array.from(values).sort()
}

/** The median of ascending values; NaN if there are none. */
export function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2
}
