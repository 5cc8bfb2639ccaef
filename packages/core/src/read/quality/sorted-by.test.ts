import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortedBy } from './sorted-by.ts'

it('objects come in the order of both numbers, as the sort of JavaScript has them', () => {
  const few = fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY)
  fc.assert(
    fc.property(fc.array(fc.tuple(few, few), { maxLength: 40 }), (pairs) => {
      const [first, second] = [0, 1].map((k) => Float64Array.from(pairs, (pair) => pair[k]))
      const objects = Uint32Array.from(pairs.keys()).reverse()
      const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
      const sorted = [...objects].sort((a, b) => compare(first[a], first[b]) || compare(second[a], second[b]))
      expect([...sortedBy(objects, first, second)]).toEqual(sorted)
    }),
  )
})
