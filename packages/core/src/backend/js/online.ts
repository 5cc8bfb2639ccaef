import type { Metric } from '../../map/distance.ts'
import type { Lattice } from '../../map/lattice.ts'
import type { Kernel } from '../../map/neighbourhood.ts'
import type { Matrix } from '../../rows/matrix.ts'
import { mover } from './online-move.ts'
import { searcher } from './online-search.ts'

/**
 * One online step: finds the sample's best-matching unit and moves its neighbourhood. Returns the distance, NaN if
 * every feature is missing.
 */
export type OnlineStep = (sample: Float32Array, radius: number, rate: number) => number

/**
 * Makes the step function, which writes to `codebook`: single f32 operations in the order that
 * `docs/design/arithmetic.md` defines.
 */
export function onlineStep(lattice: Lattice, metric: Metric, kernel: Kernel, codebook: Matrix): OnlineStep {
  const { columns: features, data } = codebook
  const present = new Uint32Array(features)
  const x = new Float32Array(features)
  const find = searcher(metric, codebook)
  const move = mover(lattice, kernel, features, data)

  return (sample, radius, rate) => {
    let count = 0
    for (let f = 0; f < features; f++) {
      const value = sample[f]
      if (Number.isNaN(value)) continue
      x[count] = value
      present[count++] = f
    }
    if (count === 0) return Number.NaN
    const distance = find(sample, x, present, count)
    move(find.unit, x, present, count, radius, rate)
    return distance
  }
}
