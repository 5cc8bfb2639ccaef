import { linearPreprocessing, type Matrix, matrix, type Som, scaled, toPreprocessed } from '@som/core'

/** Larger values are clamped to this: its square still fits in 32 bits, and it is large enough for an alarm. */
const FARTHEST = 1e9

/** Features in the map's units. A value that the preprocessing cannot express becomes extreme; NaN stays missing. */
export function preprocessed({ features }: Pick<Som, 'features'>, values: Float64Array, rows: number): Matrix {
  const width = features.length
  const out = matrix(rows, width)
  for (let f = 0; f < width; f++) {
    const { preprocessing } = features[f]
    const linear = linearPreprocessing(preprocessing)
    for (let at = f; at < values.length; at += width) {
      const x = values[at]
      const y = linear ? scaled(linear, x) : toPreprocessed(preprocessing, x)
      out.data[at] = y >= -FARTHEST && y <= FARTHEST ? y : bounded(x, y)
    }
  }
  return out
}

function bounded(x: number, y: number): number {
  if (Number.isNaN(x)) return Number.NaN
  return y > 0 ? FARTHEST : -FARTHEST
}
