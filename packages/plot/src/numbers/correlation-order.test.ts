import { expect, it } from 'vitest'
import { correlationOrder } from './correlation-order.ts'

it('planes that are alike, or each other’s negative, stand side by side', () => {
  const planes = [
    [1, 2, 3, 4],
    [1, 0, 0, 1],
    [-1, -2, -3, -5],
    [2, 0, 0, 1],
  ]
  expect(correlationOrder(planes)).toEqual([0, 2, 3, 1])
  expect(correlationOrder([])).toEqual([])
})
