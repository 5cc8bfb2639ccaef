import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CrossFilter, MOST } from './cross-filter.ts'

const change = fc.record({
  name: fc.constantFrom('units', 'a', 'b', 'search'),
  from: fc.option(fc.integer({ min: 0, max: 9 })),
})

it('a row passes where it passes every filter that is set, however they were changed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.array(change), (values, changes) => {
      const filter = new CrossFilter(values.length)
      const set = new Map<string, number>()
      for (const { name, from } of changes) {
        filter.set(name, from === null ? null : (row) => values[row] >= from)
        if (from === null) set.delete(name)
        else set.set(name, from)
      }
      const passes = (left: string | null) => (value: number) =>
        [...set].every(([name, from]) => name === left || value >= from)
      const expected = values.flatMap((value, row) => (passes(null)(value) ? [row] : []))
      expect([...filter.rows()]).toEqual(expected)
      expect(filter.count()).toBe(expected.length)
      const own = filter.without('a')
      expect(values.map((_, row) => own[row] === 0)).toEqual(values.map(passes('a')))
    }),
  )
})

it('refuses one filter more than there are bits', () => {
  const filter = new CrossFilter(1)
  for (let i = 0; i < MOST; i++) filter.set(`f${i}`, () => false)
  expect(() => filter.set('one more', () => true)).toThrow('at most 31')
})
