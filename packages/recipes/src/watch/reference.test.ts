import type { Calibration } from '@som/core'
import { expect, it } from 'vitest'
import { categoriesOf, referenceOf } from './reference.ts'

const calibration = (distances: readonly (readonly number[])[]): Calibration => ({
  columns: ['a'],
  derived: [{ column: 0, by: 'value', steps: 0 }],
  heldOut: 'given',
  distances: Float32Array.from(distances.flat()),
  counts: Uint32Array.from(distances, (list) => list.length),
  drift: { farther: 0, nearer: 0 },
  runs: [{ same: 1, missing: 0 }],
})
const upTo = (n: number, by = 1): number[] => Array.from({ length: n }, (_, i) => (i + 1) * by)

it('a p-value counts the held-out rows that are at least as far, and the row itself', () => {
  const reference = referenceOf(
    calibration([
      [1, 3],
      [2, 4],
    ]),
    [1, 1],
    0.05,
  )
  expect(reference.categories).toBe(1)
  expect([0.5, 1, 2, 2.5, 4, 4.5].map((d) => reference.p(0, d))).toEqual([1, 1, 4 / 5, 3 / 5, 2 / 5, 1 / 5])
  expect(reference.p(-1, Number.NaN)).toBeNaN()
})

it('a unit with rows enough is judged by its own rows alone', () => {
  const wide = upTo(400, 10)
  const reference = referenceOf(calibration([upTo(400), wide, upTo(300)]), [400, 400, 300], 0.01)
  expect(reference.categories).toBe(3)
  expect(reference.p(0, 401)).toBe(1 / 401)
  expect(reference.p(1, 401)).toBe(361 / 401)
})

it('units with few rows are joined, by others too where they are few together', () => {
  expect([...categoriesOf([500, 30, 300, 70, 100], 1000, 200)]).toEqual([1, 0, 2, 0, 0])
  expect([...categoriesOf([500, 30, 300, 0, 0], 830, 200)]).toEqual([1, 0, 0, 0, 0])
  expect([...categoriesOf([5, 4, 1], 10, 200)]).toEqual([0, 0, 0])
})

it('no category is so small that an alarm could not be', () => {
  const reference = referenceOf(calibration([upTo(400), upTo(400), upTo(300)]), [400, 400, 300], 0.002)
  expect(reference.categories).toBe(1)
  expect(reference.least).toBeLessThan(0.002)
})
