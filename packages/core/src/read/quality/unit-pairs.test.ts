import { expect, it } from 'vitest'
import { random } from '../../random.ts'
import { unitPairsOf } from './unit-pairs.ts'

it.each([
  ['few', 9],
  ['many', 5000],
])('each row of %s units has the pair of its two units, and no pair is there twice', (_, units) => {
  const draw = random(1, 'pairs')
  const rows = 500
  const drawn = (): Int32Array => Int32Array.from({ length: rows }, () => Math.floor(draw() ** 3 * units))
  const unit = drawn()
  const secondUnit = drawn().map((second, i) => (i % 7 === 0 ? -1 : second))
  const distances = new Float32Array(rows)
  const { of, best, second } = unitPairsOf({ unit, secondUnit, distance: distances, secondDistance: distances }, units)
  expect([...of].map((pair) => (pair < 0 ? -1 : best[pair] * units + second[pair]))).toEqual(
    [...unit].map((one, i) => (secondUnit[i] < 0 ? -1 : one * units + secondUnit[i])),
  )
  expect(new Set([...best].map((one, pair) => one * units + second[pair])).size).toBe(best.length)
})
