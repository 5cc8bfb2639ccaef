import { type Matrix, matrix } from '@som/core'
import { ColourTable } from '../colour/colour-table.ts'

/** Points of a colour space, each with the number of pixels that it represents. */
export interface WeightedPoints {
  readonly points: Matrix
  readonly weights: Float32Array
}

/**
 * Reduces points to at most `most`: unchanged if there are no more, otherwise the means of the points in each cell of a
 * grid over the colour space, with cells as small as `most` allows.
 */
export function thin(all: WeightedPoints, most: number): WeightedPoints {
  if (all.points.rows <= most) return all
  for (let cells = MOST_CELLS[all.points.columns]; ; ) {
    const { of, size } = cellsOf(all.points, cells)
    if (size <= most || cells === 1) return meansOf(all, of, size)
    // Colours lie near a surface, so the number of occupied cells falls with the square of the cells along a side.
    cells = Math.max(1, Math.min(cells - 1, Math.floor(cells * Math.sqrt(most / size))))
  }
}

/** The most cells along a side, by the number of features, such that a cell's number fits in 32 bits. */
const MOST_CELLS: Readonly<Record<number, number>> = { 3: 2 ** 10, 4: 2 ** 8 }

function cellsOf({ rows, columns, data }: Matrix, cells: number): { of: Uint32Array; size: number } {
  const table = new ColourTable()
  const of = new Uint32Array(rows)
  for (let i = 0; i < rows; i++) {
    let key = 0
    for (let f = 0; f < columns; f++) key = key * MOST_CELLS[columns] + cellOf(data[i * columns + f], f, columns, cells)
    of[i] = table.add(key)
  }
  return { of, size: table.size }
}

/** Lightness is from 0 to 1, and every other feature from -0.5 to 0.5. */
function cellOf(x: number, feature: number, columns: number, cells: number): number {
  const share = feature === 0 && columns === 3 ? x : x + 0.5
  return Math.min(cells - 1, Math.max(0, Math.floor(cells * share)))
}

function meansOf({ points, weights: counts }: WeightedPoints, of: Uint32Array, size: number): WeightedPoints {
  const { columns, data } = points
  const sums = new Float64Array(size * columns)
  const weights = new Float64Array(size)
  of.forEach((cell, i) => {
    weights[cell] += counts[i]
    for (let f = 0; f < columns; f++) sums[cell * columns + f] += counts[i] * data[i * columns + f]
  })
  const means = matrix(
    size,
    columns,
    Float32Array.from(sums, (sum, i) => sum / weights[Math.floor(i / columns)]),
  )
  return { points: means, weights: Float32Array.from(weights) }
}
