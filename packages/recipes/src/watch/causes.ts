import { fromPreprocessed, type Matrix, type Som } from '@som/core'

/** A feature that made a row stand out. */
export interface Cause {
  readonly feature: string
  /** Its part of the squared distance, 0 to 1. */
  readonly share: number
  /** Its value, and what the map would have expected, in the user's units. */
  readonly value: number
  readonly usual: number
}

/** How many features are named, and the least share of one that is. */
const MOST = 3
const LEAST_SHARE = 0.05

/** The features with the largest shares of row `i`'s squared distance from its unit, largest first. */
export function causesOf(som: Som, rows: Matrix, values: Float64Array, i: number, unit: number): Cause[] {
  const width = rows.columns
  const squares = new Float64Array(width)
  let sum = 0
  for (let f = 0; f < width; f++) {
    const residual = rows.data[i * width + f] - som.codebook.data[unit * width + f]
    if (Number.isNaN(residual)) continue
    squares[f] = residual * residual
    sum += squares[f]
  }
  if (!(sum > 0)) return []
  return Array.from(squares.keys())
    .filter((f) => squares[f] >= LEAST_SHARE * sum)
    .sort((a, b) => squares[b] - squares[a] || a - b)
    .slice(0, MOST)
    .map((f) => ({
      feature: som.features[f].name,
      share: squares[f] / sum,
      value: values[i * width + f],
      usual: fromPreprocessed(som.features[f].preprocessing, som.codebook.data[unit * width + f]),
    }))
}
