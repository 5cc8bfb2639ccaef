import { type Matrix, matrix } from '@som/core'
import { pointsOf } from './colour.ts'
import { ColourTable } from './colour-table.ts'
import type { Histogram } from './histogram.ts'

/** Points of a colour space, each with the number of pixels that it stands for. */
export interface WeightedPoints {
  readonly points: Matrix
  readonly weights: Float32Array
}

/**
 * The colours of a histogram as at most `most` points: each by itself where there are no more, else the mean of those that agree in the upper bits
 * of each channel, in as many bits as `most` allows.
 */
export function pointsOfHistogram(histogram: Histogram, opaque: boolean, most: number): WeightedPoints {
  const points = pointsOf(histogram.colours, opaque)
  if (points.rows <= most) return { points, weights: Float32Array.from(histogram.counts) }
  for (let bits = 7; ; bits--) {
    const { of, size } = binsOf(histogram.colours, bits)
    if (size <= most || bits === 1) return meansOf(points, histogram.counts, of, size)
  }
}

function binsOf(colours: Uint32Array, bits: number): { of: Uint32Array; size: number } {
  const upper = (0xff << (8 - bits)) & 0xff
  const mask = upper | (upper << 8) | (upper << 16) | (upper << 24)
  const table = new ColourTable()
  const of = colours.map((colour) => table.add((colour & mask) >>> 0))
  return { of, size: table.size }
}

function meansOf({ columns, data }: Matrix, counts: Float64Array, of: Uint32Array, size: number): WeightedPoints {
  const sums = new Float64Array(size * columns)
  const weights = new Float64Array(size)
  of.forEach((bin, i) => {
    weights[bin] += counts[i]
    for (let f = 0; f < columns; f++) sums[bin * columns + f] += counts[i] * data[i * columns + f]
  })
  const means = matrix(
    size,
    columns,
    Float32Array.from(sums, (sum, i) => sum / weights[Math.floor(i / columns)]),
  )
  return { points: means, weights: Float32Array.from(weights) }
}
