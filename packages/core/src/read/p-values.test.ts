import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pValue } from './p-value.ts'
import { pValuesOf } from './p-values.ts'

const distance = fc.float({ min: 0, noNaN: true })

it('p-values by buckets are those of the definition, to the bit', () => {
  fc.assert(
    fc.property(fc.array(distance, { minLength: 1, maxLength: 40 }), fc.array(distance), (kept, others) => {
      const seen = { distances: Float32Array.from(kept).sort() }
      const found = pValuesOf(seen)
      for (const x of [...kept, ...others, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
        const next = x * (1 + 2 ** -20)
        expect(found(x)).toBe(pValue(seen, x))
        expect(found(next)).toBe(pValue(seen, next))
      }
    }),
    { seed: 9, numRuns: 300 },
  )
})
