import { throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { distanceFunction } from '../map/distance.ts'
import { type Lattice, unitCount } from '../map/lattice.ts'
import { defaultNeighbours, type Neighbours, neighboursOf } from '../map/neighbours.ts'
import { rowOf } from '../rows/matrix.ts'
import type { Som } from '../som.ts'

/**
 * The mean distance of each unit's prototype to those of its neighbours (a mean, so that border units are comparable),
 * in the map's metric. High ridges separate clusters. A map of one unit gives 0. A. Ultsch, H. P. Siemon, Kohonen's
 * self organizing feature maps, INNC 1990. Throws a RangeError for anything but a map, or for wrong options.
 */
export function uMatrix(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  options: { readonly neighbours?: Neighbours } = {},
): Float64Array {
  throwIssues((issues) => {
    checkSom(som, issues, ['lattice', 'metric', 'codebook'])
    issues.names('', options, ['neighbours'])
  })
  const { lattice, codebook } = som
  const neighbours = options.neighbours ?? defaultNeighbours(lattice)
  const distance = distanceFunction(som.metric)
  const heights = new Float64Array(unitCount(lattice))
  // Views are made once: a map in training is drawn many times a second.
  const prototypes = Array.from(heights, (_, unit) => rowOf(codebook, unit))
  const stepsFrom = stepsOf(lattice, neighbours)
  for (let unit = 0; unit < heights.length; unit++) {
    const steps = stepsFrom(unit)
    let sum = 0
    for (const step of steps) sum += distance(prototypes[unit], prototypes[unit + step])
    heights[unit] = steps.length > 0 ? sum / steps.length : 0
  }
  return heights
}

/** How far the numbers of each unit's neighbours are from its own, ascending: the same within a row but at its ends. */
function stepsOf(lattice: Lattice, neighbours: Neighbours): (unit: number) => readonly number[] {
  const { rows, columns } = lattice
  const found = (unit: number): number[] => neighboursOf(lattice, unit, neighbours).map((other) => other - unit)
  const inside = new Map<number, readonly number[]>()
  return (unit) => {
    const row = Math.floor(unit / columns)
    const column = unit - row * columns
    if (row === 0 || row === rows - 1 || column === 0 || column === columns - 1) return found(unit)
    const steps = inside.get(row & 1) ?? found(unit)
    inside.set(row & 1, steps)
    return steps
  }
}
