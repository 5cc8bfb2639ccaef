import { random } from '@som/core'
import { measures } from '@som/core/backend'
import { ratioOf } from './bounds.ts'
import type { Card } from './card.ts'
import { shortlistOn } from './shortlist.ts'

const [ROWS, UNITS, FEATURES] = [3, 70, 5]

/**
 * Compares drawn rows with more units than a tile has, and checks every unit of the shortlists and every sum by the
 * definition. Null if the card computes within its bound; else what it got wrong.
 */
export async function selfTest(card: Card): Promise<string | null> {
  const draw = random(1, 'self-test')
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => draw() - 0.5)
  const [rows, prototypes] = [numbers(ROWS * FEATURES), numbers(UNITS * FEATURES)]
  const [x, w] = [card.holding(rows), card.holding(prototypes)]
  try {
    const shape = { first: 0, rows: ROWS, units: UNITS, features: FEATURES }
    const { units, sums } = await shortlistOn(card, 'euclidean', { x, w, ...shape })
    const ratio = ratioOf('euclidean', FEATURES) ?? 1
    const columns = Uint32Array.from({ length: FEATURES }, (_, f) => f)
    for (let row = 0; row < ROWS; row++) {
      const sample = rows.subarray(row * FEATURES, (row + 1) * FEATURES)
      const exact = Array.from({ length: UNITS }, (_, k) =>
        measures.euclidean(sample, prototypes, k * FEATURES, columns),
      )
      const nearest = exact.map((sum, unit) => ({ sum, unit })).sort((a, b) => a.sum - b.sum)
      for (let place = 0; place < 4; place++) {
        const { sum, unit } = nearest[place]
        const found = sums[4 * row + place]
        if (units[4 * row + place] !== unit || found > sum * ratio || found < sum / ratio) {
          return `the adapter miscalculates: expected ${sum} for unit ${unit}, found ${found} for unit ${units[4 * row + place]}`
        }
      }
    }
    return null
  } catch (error) {
    return `the adapter does not compute: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    for (const buffer of [x, w]) buffer.destroy()
  }
}
