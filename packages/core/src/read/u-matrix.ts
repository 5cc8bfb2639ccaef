import { throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { distanceFunction } from '../map/distance.ts'
import { unitCount } from '../map/lattice.ts'
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
  for (let unit = 0; unit < heights.length; unit++) {
    const around = neighboursOf(lattice, unit, neighbours)
    let sum = 0
    for (const other of around) sum += distance(rowOf(codebook, unit), rowOf(codebook, other))
    heights[unit] = around.length > 0 ? sum / around.length : 0
  }
  return heights
}
