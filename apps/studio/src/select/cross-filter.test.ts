import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Counter } from './counter.ts'
import { CrossFilter, MOST } from './cross-filter.ts'

const countsOf = (values: readonly number[]): number[] =>
  Array.from({ length: 10 }, (_, bin) => values.filter((value) => value === bin).length)

const change = fc.record({
  name: fc.constantFrom('units', 'a', 'b', 'search'),
  from: fc.option(fc.integer({ min: 0, max: 9 })),
})

it('a row passes where it passes every filter that is set, and is counted so, however they were changed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.array(change), (values, changes) => {
      const filter = new CrossFilter(values.length)
      const set = new Map<string, number>()
      const counters = ([null, 'a', 'units'] as const).map(
        (own) => [new Counter(filter, values, 10, own), own] as const,
      )
      for (const { name, from } of changes) {
        filter.set(name, from === null ? null : (passes) => passes.set(values.map((value) => (value >= from ? 1 : 0))))
        if (from === null) set.delete(name)
        else set.set(name, from)
        // A view that looks each time, and those that look now and then.
        counters[1][0].counts()
        if (from === 3) for (const [counter] of counters) counter.counts()
      }
      const passes = (left: string | null) => (value: number) =>
        [...set].every(([name, from]) => name === left || value >= from)
      const expected = values.flatMap((value, row) => (passes(null)(value) ? [row] : []))
      expect([...filter.rows()]).toEqual(expected)
      expect(filter.count()).toBe(expected.length)
      for (const [counter, own] of counters) expect([...counter.counts()]).toEqual(countsOf(values.filter(passes(own))))
    }),
  )
})

it('refuses one filter more than there are bits', () => {
  const filter = new CrossFilter(1)
  for (let i = 0; i < MOST; i++) filter.set(`f${i}`, () => {})
  expect(() => filter.set('one more', () => {})).toThrow('at most 31')
})
