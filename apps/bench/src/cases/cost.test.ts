import { expect, test } from 'vitest'
import { exponentOf } from './cost.ts'

test('a cost that grows by a power of a size has that power, and one point off the line does not decide', () => {
  const at = (x: number, median: number) => ({ x, seconds: { median, least: median, most: median, count: 1 } })
  const sizes = [1, 2, 4, 8, 16]
  expect(exponentOf(sizes.map((x) => at(x, 3 * x ** 1.5)))).toBeCloseTo(1.5, 12)
  const off = sizes.map((x) => at(x, x === 1 ? 16 : x))
  expect(exponentOf(off)).toBeGreaterThan(0)
})
