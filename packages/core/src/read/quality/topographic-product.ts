import { distanceFunction } from '../../map/distance.ts'
import { quartersFrom, unitCount } from '../../map/lattice.ts'
import { rowOf } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import { sortedBy } from './sorted-by.ts'

/**
 * The contribution of each unit in `units` (all by default) to the topographic product, which is their mean. Near 0 the
 * lattice has the dimension of the data; below 0 it has too few dimensions, above 0 too many. Needs no samples. H.-U.
 * Bauer, K. R. Pawelzik, Quantifying the neighborhood preservation of self-organizing feature maps, IEEE Trans. Neural
 * Networks 3, 1992.
 *
 * Lattices have many equal distances, for which the formula is ambiguous. Here units at equal lattice distance are
 * ordered by the distances of their prototypes, and vice versa, so that the numbering of units has no effect. Equal
 * prototypes count as infinitely near: a distance of 0 becomes 1e-16.
 */
export function topographicProduct(
  { lattice, metric, codebook }: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  { units = Array(unitCount(lattice)).keys() }: { readonly units?: Iterable<number> } = {},
): Float64Array {
  const distance = distanceFunction(metric)
  const count = unitCount(lattice)
  const prototypes = Array.from({ length: count }, (_, unit) => rowOf(codebook, unit))
  const inMap = new Float64Array(count)
  const steps = new Int32Array(count)
  const inData = new Float64Array(count)
  return Float64Array.from(units, (unit) => {
    quartersFrom(lattice, unit, steps)
    for (let k = 0; k < count; k++) {
      inMap[k] = Math.sqrt(steps[k] / QUARTERS) + NEAREST
      inData[k] = distance(prototypes[unit], prototypes[k]) + NEAREST
    }
    const others = Uint32Array.from({ length: count - 1 }, (_, k) => (k < unit ? k : k + 1))
    const byData = sortedBy(others, inData, inMap)
    // In the order of the data within equal distances on the map, of which there are few.
    const byMap = inOrderOf(byData, steps)
    let logs = 0
    let sum = 0
    for (let l = 0; l < count - 1; l++) {
      logs += Math.log(inData[byMap[l]] / inData[byData[l]]) + Math.log(inMap[byMap[l]] / inMap[byData[l]])
      sum += logs / (2 * (l + 1))
    }
    return sum / (count - 1)
  })
}

/** Squared lattice distances are multiples of a quarter. */
const QUARTERS = 4

/** Objects in ascending order of their whole numbers, equal ones in the order given. */
function inOrderOf(objects: Uint32Array, numbers: Int32Array): Uint32Array {
  const most = objects.reduce((largest, object) => Math.max(largest, numbers[object]), 0)
  const next = new Uint32Array(most + 2)
  for (const object of objects) next[numbers[object] + 1]++
  for (let number = 0; number < most; number++) next[number + 1] += next[number]
  const ordered = new Uint32Array(objects.length)
  for (const object of objects) ordered[next[numbers[object]]++] = object
  return ordered
}

/** Added to every distance, so that it is never 0. */
const NEAREST = 1e-16
