import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foundAgain } from './jaccard.ts'

test('a group is as stable as its likeness to the group most like it', () => {
  // Group 0 shares two of three rows with group 5, which has one more: 2 / 4.
  const groups = [0, 0, 0, 1, 1]
  const found = [5, 5, 6, 5, 6]
  expect([...foundAgain(groups, 2, found)]).toEqual([0.5, 0.25 + 1 / 12])
})

test('the same groups under other numbers are found again whole', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 }), (groups) => {
      const likeness = foundAgain(
        groups,
        5,
        groups.map((group) => 9 - group),
      )
      expect(likeness.every((x) => x === 1 || Number.isNaN(x))).toBe(true)
    }),
  )
})

test('rows without a value say nothing; a group without a row is not known', () => {
  expect([...foundAgain([0, 1, -1], 3, [1, -1, 1])]).toEqual([1, Number.NaN, Number.NaN])
})
