import type { Lattice } from '../../../map/lattice.ts'
import { defaultNeighbours, neighboursOf } from '../../../map/neighbours.ts'
import type { Matrix } from '../../../rows/matrix.ts'
import { squaredDistanceOfRows } from '../points.ts'

/** Share of the rows within a Pareto sphere (A. Ultsch, Pareto density estimation, 2003). */
const PARETO_SHARE = 0.2013
/** Units of which the radius is found, at most. */
const MOST_UNITS = 500

/**
 * The weight of the units within the Pareto radius of each unit: within it the median unit has 20.13 % of the weight.
 * A. Ultsch, Maps for the visualization of high-dimensional data spaces, 2003, with prototypes in place of rows.
 */
export function densities(codebook: Matrix, weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const step = Math.max(1, Math.ceil(codebook.rows / MOST_UNITS))
  const reaches: number[] = []
  for (let unit = 0; unit < codebook.rows; unit += step) {
    if (weights[unit] === 0) continue
    const near = Array.from(weights, (weight, other) => ({
      weight,
      squared: squaredDistanceOfRows(codebook, unit, codebook, other),
    })).sort((a, b) => a.squared - b.squared)
    let within = 0
    const last = near.find(({ weight }) => {
      within += weight
      return within >= PARETO_SHARE * total
    })
    reaches.push(last?.squared ?? 0)
  }
  const radius = reaches.sort((a, b) => a - b)[Math.floor((reaches.length - 1) / 2)]
  return Float64Array.from(weights, (_, unit) => {
    let within = 0
    for (let other = 0; other < weights.length; other++)
      if (weights[other] > 0 && squaredDistanceOfRows(codebook, unit, codebook, other) <= radius)
        within += weights[other]
    return within
  })
}

/** U · ((P - mean P) / (mean P - max P) + 1): heights, save within dense regions (A. Ultsch, U*-matrix, 2003). */
export function uStarHeights(heights: Float64Array, density: Float64Array): Float64Array {
  const mean = density.reduce((sum, p) => sum + p, 0) / density.length
  const most = density.reduce((largest, p) => Math.max(largest, p), 0)
  if (!(mean < most)) return heights
  return heights.map((height, unit) => height * ((density[unit] - mean) / (mean - most) + 1))
}

/**
 * The unit that each unit is immersed to: first down the heights to a lowest unit, then up the densities to a densest
 * one (A. Ultsch, Clustering with SOM: U*C, 2005).
 */
export function immersions(lattice: Lattice, heights: Float64Array, density: Float64Array): Uint32Array {
  const down = climbing(
    lattice,
    heights.map((height) => -height),
  )
  const up = climbing(lattice, density)
  return Uint32Array.from(heights, (_, unit) => up(down(unit)))
}

/** Goes from a unit to its highest neighbour while that is higher. */
function climbing(lattice: Lattice, heights: Float64Array): (unit: number) => number {
  const around = defaultNeighbours(lattice)
  const next = Uint32Array.from(heights, (_, unit) =>
    neighboursOf(lattice, unit, around).reduce((best, other) => (heights[other] > heights[best] ? other : best), unit),
  )
  return (unit) => {
    let at = unit
    while (next[at] !== at) at = next[at]
    return at
  }
}
