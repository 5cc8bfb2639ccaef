import { expect, test } from 'vitest'
import { spreadOf } from './spread.ts'

test('the median of an even number of times is the mean of the middle two', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4, count: 4 })
})

test('an odd number of times has a middle one', () => {
  expect(spreadOf([9, 1, 3]).median).toBe(3)
})
