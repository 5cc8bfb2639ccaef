import { throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { distanceFunction, isOwnMetric, type Metric } from '../map/distance.ts'
import { type Lattice, unitCount } from '../map/lattice.ts'
import { defaultNeighbours, type Neighbours, neighboursOf } from '../map/neighbours.ts'
import { type Matrix, rowOf } from '../rows/matrix.ts'
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
  const distance = distanceBetween(som.metric, codebook)
  // A user's own distance may be another one back.
  const isMutual = !isOwnMetric(som.metric)
  const heights = new Float64Array(unitCount(lattice))
  const stepsFrom = stepsOf(lattice, neighbours)
  for (let unit = 0; unit < heights.length; unit++) {
    const steps = stepsFrom(unit)
    // Steps ascend, and so do units: those before this one have added their distances in the order of its steps.
    for (const step of steps) {
      if (isMutual && step < 0) continue
      const between = distance(unit, unit + step)
      heights[unit] += between
      if (isMutual) heights[unit + step] += between
    }
    if (steps.length > 0) heights[unit] /= steps.length
  }
  return heights
}

/** The distance between two prototypes: the usual metric takes no views, since maps in training are drawn often. */
function distanceBetween(metric: Metric, codebook: Matrix): (a: number, b: number) => number {
  if (metric === 'euclidean') return (a, b) => euclidean(codebook, a, b)
  const distance = distanceFunction(metric)
  return (a, b) => distance(rowOf(codebook, a), rowOf(codebook, b))
}

/** The bits of `distanceFunction('euclidean')`. */
function euclidean({ data, columns }: Matrix, a: number, b: number): number {
  const [from, to] = [a * columns, b * columns]
  let sum = 0
  let isFound = false
  for (let f = 0; f < columns; f++) {
    const difference = data[from + f] - data[to + f]
    if (Number.isNaN(difference)) continue
    sum += difference * difference
    isFound = true
  }
  return isFound ? Math.sqrt(sum) : Number.NaN
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
