import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pValue } from './p-value.ts'

it('a p-value is the share of training distances that are no smaller, the row itself counted with them', () => {
  const seen = { distances: Float32Array.of(1, 2, 2, 5) }
  expect(pValue(seen, 0)).toBe(1)
  expect(pValue(seen, 2)).toBe(4 / 5)
  expect(pValue(seen, 9)).toBe(1 / 5)
  expect(pValue(seen, Number.NaN)).toBeNaN()
})

it('of rows drawn like the training rows, no more than a share α are below α', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(10_000), { minLength: 2, maxLength: 60 }), (distances) => {
      // Each row in turn is the new one, the others are those of training.
      const found = distances.map((own) => {
        const others = distances.filter((other) => other !== own).sort((a, b) => a - b)
        return pValue({ distances: Float32Array.from(others) }, own)
      })
      for (const alpha of [0.05, 0.2, 0.5]) {
        expect(found.filter((p) => p <= alpha).length / found.length).toBeLessThanOrEqual(alpha)
      }
    }),
  )
})
