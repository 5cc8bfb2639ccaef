import type { Rows, Som } from '@som/core'
import { checkNumber } from '../check.ts'
import { checkRows, forEachRow } from './row-distances.ts'

/**
 * The smoothed data histogram: each row gives its `nearest` s units s, s - 1, … 1 parts of s (s + 1) / 2, the
 * best-matching unit the most. With s = 1, the hits. E. Pampalk, A. Rauber, D. Merkl, Using smoothed data histograms
 * for cluster visualization in self-organizing maps, ICANN 2002.
 */
export function smoothedHits(som: Pick<Som, 'metric' | 'codebook'>, rows: Rows, nearest: number): Float64Array {
  checkRows(som, rows)
  const units = som.codebook.rows
  const most = Math.min(units, Math.floor(checkNumber('nearest', nearest, 1)))
  const parts = (most * (most + 1)) / 2
  const histogram = new Float64Array(units)
  const best = new Int32Array(most)
  forEachRow(som, rows, (distances, weight) => {
    const found = nearestUnits(distances, best)
    for (let rank = 0; rank < found; rank++) histogram[best[rank]] += (weight * (most - rank)) / parts
  })
  return histogram
}

/** Fills `best` with the nearest units, nearest first, the lower unit in a tie; returns how many there are. */
function nearestUnits(distances: Float64Array, best: Int32Array): number {
  let found = 0
  for (let unit = 0; unit < distances.length; unit++) {
    if (Number.isNaN(distances[unit])) continue
    if (found === best.length && !(distances[unit] < distances[best[found - 1]])) continue
    let at = found < best.length ? found++ : found - 1
    while (at > 0 && distances[unit] < distances[best[at - 1]]) {
      best[at] = best[at - 1]
      at--
    }
    best[at] = unit
  }
  return found
}
