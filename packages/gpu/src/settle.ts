import type { Matrix } from '@som/core'
import { type Matches, measures } from '@som/core/backend'
import { LEAST_SUM, MOST_SUM } from './bounds.ts'
import type { FormName } from './forms.ts'
import type { Shortlist } from './shortlist.ts'

/** What rows are settled with. */
export interface Settling {
  readonly form: FormName
  readonly ratio: number
  readonly codebook: Matrix
  readonly second: boolean
}

/**
 * The nearest units of row `i` by the definition, written to `matches`. False, and nothing written, if its shortlist
 * does not prove that they are in it. `at` is the row's place in the shortlist.
 */
export function settler(
  { form, ratio, codebook, second }: Settling,
  { data, columns }: Matrix,
  matches: Matches,
): (i: number, at: number, shortlist: Shortlist) => boolean {
  const measure = measures[form]
  const features = Uint32Array.from({ length: columns }, (_, f) => f)
  const root = form === 'euclidean' ? Math.sqrt : (sum: number) => sum
  const lastNeeded = second ? 1 : 0
  return (i, at, { units, sums, guards }) => {
    // All other units are farther than the last one that is needed.
    const limit = sums[4 * at + lastNeeded] * ratio
    if (!(sums[4 * at + lastNeeded] > LEAST_SUM && limit < MOST_SUM && guards[at] > limit)) return false
    const row = data.subarray(i * columns, (i + 1) * columns)
    let [unit, nearest, secondUnit, secondNearest] = [-1, Number.POSITIVE_INFINITY, -1, Number.POSITIVE_INFINITY]
    for (let place = 4 * at; place < 4 * at + 4 && sums[place] <= limit; place++) {
      const found = units[place]
      const sum = measure(row, codebook.data, found * columns, features)
      if (sum < nearest || (sum === nearest && found < unit)) {
        ;[secondUnit, secondNearest] = [unit, nearest]
        ;[unit, nearest] = [found, sum]
      } else if (sum < secondNearest || (sum === secondNearest && found < secondUnit)) {
        ;[secondUnit, secondNearest] = [found, sum]
      }
    }
    matches.unit[i] = unit
    matches.distance[i] = root(nearest)
    if (second) {
      matches.secondUnit[i] = secondUnit
      matches.secondDistance[i] = root(secondNearest)
    }
    return true
  }
}
