import { random } from '@som/core'
import { measures } from '@som/core/backend'
import { ratioOf } from './bounds.ts'
import type { Card } from './card.ts'
import { compareOn } from './compare.ts'

const [ROWS, UNITS, FEATURES] = [3, 70, 5]

/**
 * Compares drawn rows with more units than a tile has, and checks the units and the bits of the sums that were found.
 * Null if the card computes what is defined; else what it got wrong.
 */
export async function selfTest(card: Card): Promise<string | null> {
  const draw = random(1, 'self-test')
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => draw() - 0.5)
  const [rows, prototypes] = [numbers(ROWS * FEATURES), numbers(UNITS * FEATURES)]
  const [x, w] = [card.holding(rows), card.holding(prototypes)]
  try {
    const ratio = ratioOf('euclidean', FEATURES) ?? 1
    const shape = { first: 0, rows: ROWS, units: UNITS, features: FEATURES }
    const found = await compareOn(card, { form: 'euclidean', ratio, second: true, holes: false, x, w, ...shape })
    const columns = Uint32Array.from({ length: FEATURES }, (_, f) => f)
    for (let row = 0; row < ROWS; row++) {
      const sample = rows.subarray(row * FEATURES, (row + 1) * FEATURES)
      const sums = Array.from({ length: UNITS }, (_, k) =>
        measures.euclidean(sample, prototypes, k * FEATURES, columns),
      )
      const nearest = sums.map((sum, unit) => ({ sum, unit })).sort((a, b) => a.sum - b.sum)
      for (const place of [0, 1]) {
        const { sum, unit } = nearest[place]
        const [foundUnit, foundSum] = [found.units[place * ROWS + row], found.sums[place * ROWS + row]]
        if (foundUnit !== unit || foundSum !== sum)
          return `the adapter miscalculates: expected ${sum} for unit ${unit}, found ${foundSum} for unit ${foundUnit}`
      }
    }
    return null
  } catch (error) {
    return `the adapter does not compute: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    for (const buffer of [x, w]) buffer.destroy()
  }
}
