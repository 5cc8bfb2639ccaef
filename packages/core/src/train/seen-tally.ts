import type { Matches } from '../backend/backend.ts'
import { type Lattice, unitCount } from '../map/lattice.ts'
import { defaultNeighbours } from '../map/neighbours.ts'
import { hits, quantizationTally, topographicTally } from '../read/quality/errors.ts'
import { keptQuantiles } from '../rows/quantile.ts'
import type { Seen } from '../som.ts'

/** Statistics of `count` training rows on a map, gathered part by part. */
export interface SeenTally {
  add(matches: Matches, weights?: Float32Array): void
  done(): Seen
}

export function seenTally(lattice: Lattice, count: number): SeenTally {
  const neighbours = defaultNeighbours(lattice)
  const units = unitCount(lattice)
  const total = new Float64Array(units)
  const distances = new Float32Array(count)
  let kept = 0
  const [quantization, topographic] = [
    [0, 0],
    [0, 0],
  ]
  return {
    add(matches, weights) {
      hits({ lattice }, matches, { weights }).forEach((weight, unit) => {
        total[unit] += weight
      })
      for (const d of matches.distance) if (!Number.isNaN(d)) distances[kept++] = d
      addTo(quantization, quantizationTally(matches, weights))
      addTo(topographic, topographicTally(lattice, matches, neighbours, weights))
    },
    done: () => ({
      hits: total,
      distances: keptQuantiles(distances.subarray(0, kept)),
      quantizationError: quantization[0] / quantization[1],
      topographicError: topographic[0] / topographic[1],
      neighbours,
    }),
  }
}

function addTo(tally: number[], [part, whole]: readonly [number, number]): void {
  tally[0] += part
  tally[1] += whole
}
