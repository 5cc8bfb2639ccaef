import { matrix, random } from '@som/core'
import { expect, test } from 'vitest'
import { membersOf } from './members.ts'

const [ROWS, COLUMNS, COUNT] = [203, 3, 5]

test('typical and extreme rows of each group are those by hand, the first of those that tie', () => {
  const draw = random(5, 'members')
  // Few different numbers, so that many distances tie; some are missing.
  const cell = (): number => (draw() < 0.1 ? Number.NaN : Math.round(draw() * 3))
  const rows = matrix(ROWS, COLUMNS, Float32Array.from({ length: ROWS * COLUMNS }, cell))
  // Group 3 has four rows, so that its extreme row is the one that is not typical; group 4 has one.
  const of = Int32Array.from({ length: ROWS }, (_, row) => (row < 4 ? 3 : row === 4 ? 4 : Math.floor(draw() * 4) - 1))
  const means = Array.from({ length: COUNT }, () => Float64Array.from({ length: COLUMNS }, () => draw() * 3))
  const away = (row: number): number => {
    const squares = means[of[row]].map((mean, f) => (rows.data[row * COLUMNS + f] - mean) ** 2)
    const known = squares.filter((square) => !Number.isNaN(square))
    return known.reduce((sum, square) => sum + square, 0) / known.length
  }
  const expected = means.map((_, group) => {
    const own = [...of.keys()].filter((row) => of[row] === group && !Number.isNaN(away(row)))
    const typical = own.toSorted((a, b) => away(a) - away(b) || a - b).slice(0, 3)
    const others = own.filter((row) => !typical.includes(row))
    return { typical, extreme: others.toSorted((a, b) => away(b) - away(a) || a - b).slice(0, 3) }
  })
  expect(membersOf(rows, of, means)).toEqual(expected)
  expect(expected[3].extreme).toHaveLength(1)
  expect(expected[4]).toEqual({ typical: [4], extreme: [] })
})
