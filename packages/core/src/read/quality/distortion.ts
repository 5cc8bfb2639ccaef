import type { Matches, Rows } from '../../backend/backend.ts'
import { distanceFunction } from '../../map/distance.ts'
import { quartersFrom, unitCount } from '../../map/lattice.ts'
import { kernelForm } from '../../map/neighbourhood.ts'
import { rowOf } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import { eachRow } from './explained-variance.ts'
import type { RowsOptions } from './measure-options.ts'

type MapOfDistortion = Pick<Som, 'lattice' | 'metric' | 'kernel' | 'codebook'>

/**
 * Mean over samples of Σ h(d(b, k)) · d(x, w_k)² over all units k, with the map's own kernel h (1 at its centre) at
 * `radius`: what batch training reduces at that radius. Figures at different radii are not comparable. E. Erwin, K.
 * Obermayer, K. Schulten, Self-organizing maps: ordering, convergence properties and energy functions, 1992.
 */
export function distortion(
  som: MapOfDistortion,
  matches: Matches,
  options: RowsOptions & { readonly radius: number },
): number {
  return distortionAt(som, options.radius)(matches, options.rows)
}

/** The distortion at a radius, for several draws of rows: how far units reach is looked at once. */
export function distortionAt(som: MapOfDistortion, radius: number): (matches: Matches, rows: Rows) => number {
  const within = new Map<number, Influenced>()
  return (matches, rows) => sharesOf(som, matches, { rows, radius }, within).reduce((sum, share) => sum + share, 0)
}

/** Each unit's share of the distortion, by the best-matching units of the samples; the shares add up to it. */
export function unitDistortion(
  som: MapOfDistortion,
  matches: Matches,
  options: RowsOptions & { readonly radius: number },
): Float64Array {
  return sharesOf(som, matches, options, new Map())
}

function sharesOf(
  som: MapOfDistortion,
  matches: Matches,
  { rows, radius }: RowsOptions & { readonly radius: number },
  within: Map<number, Influenced>,
): Float64Array {
  const { matrix, weights } = rows
  const { codebook } = som
  const distance = distanceFunction(som.metric)
  const prototypes = Array.from({ length: codebook.rows }, (_, unit) => rowOf(codebook, unit))
  const sums = new Float64Array(unitCount(som.lattice))
  let total = 0
  eachRow(matrix, (x, i) => {
    const best = matches.unit[i]
    if (best < 0) return
    const reached = within.get(best) ?? influenced(som, best, radius)
    within.set(best, reached)
    const weight = weights?.[i] ?? 1
    for (let at = 0; at < reached.units.length; at++)
      sums[best] += weight * reached.influences[at] * distance(x, prototypes[reached.units[at]]) ** 2
    total += weight
  })
  return sums.map((sum) => sum / total)
}

/** The units within reach of another, and its influence on each. */
interface Influenced {
  readonly units: Int32Array
  readonly influences: Float64Array
}

function influenced({ lattice, kernel }: Pick<Som, 'lattice' | 'kernel'>, from: number, radius: number): Influenced {
  const form = kernelForm(kernel)
  const reach2 = form.reach2(radius, 'batch')
  const units = new Int32Array(unitCount(lattice))
  const influences = new Float64Array(units.length)
  const quarters = new Int32Array(units.length)
  quartersFrom(lattice, from, quarters)
  let count = 0
  for (let unit = 0; unit < units.length; unit++) {
    const d2 = quarters[unit] / 4
    if (d2 > reach2) continue
    // The product over both axes of a separable kernel is its value at the sum of their squares.
    const influence = form.axis(d2, radius) * form.rest(d2, radius)
    if (influence === 0) continue
    units[count] = unit
    influences[count++] = influence
  }
  return { units: units.slice(0, count), influences: influences.slice(0, count) }
}
