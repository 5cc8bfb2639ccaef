import { js, random, type Samples } from '@som/core'
import { describe, expect, test } from 'vitest'
import { type Again, MOST_DRAWN, stabilityOf, stabilityWord } from './stability.ts'

const draw = random(2, 'points')
const rows = 240
/** Points of an even square, cut in the middle of its one side into two heaps where `apart` is above 0. */
const square = (apart: number): Samples => ({
  features: ['x', 'y'],
  rows,
  data: Float64Array.from({ length: rows * 2 }, (_, at) => draw() + (at % 4 === 0 ? apart : 0)),
})
const halves = (count: number, of: (row: number) => number, samples: Samples): Again => ({
  samples,
  of: Array.from({ length: samples.rows }, (_, row) => of(row)),
  count,
  options: {},
  method: 'ward',
  draws: 12,
  seed: 0,
})
const looked = async (again: Again): Promise<number[]> =>
  (await stabilityOf(again, { backend: js() }))?.map(({ mean }) => mean) ?? []

describe('stability under the bootstrap', () => {
  test('is whole for heaps that are apart', async () => {
    expect(await looked(halves(2, (row) => row % 2, square(9)))).toEqual([1, 1])
  })

  test('is low for pieces of one even cloud', async () => {
    const samples = square(0)
    const corner = (row: number): number => Math.floor(4 * samples.data[2 * row])
    const means = await looked(halves(4, corner, samples))
    expect(Math.max(...means)).toBeLessThan(0.75)
  })

  test('does not depend on how many rows there are beyond those that are drawn from', async () => {
    const many = { ...square(9), rows: 3 * MOST_DRAWN }
    const data = Float64Array.from({ length: many.rows * 2 }, (_, at) => draw() + (at % 4 === 0 ? 9 : 0))
    expect(await looked({ ...halves(2, (row) => row % 2, { ...many, data }), draws: 2 })).toEqual([1, 1])
  })

  test('is not known without draws', async () => {
    expect(await looked({ ...halves(2, (row) => row % 2, square(9)), draws: 0 })).toEqual([Number.NaN, Number.NaN])
  })

  test.each([
    [0.85, 'very stable'],
    [0.849, 'stable'],
    [0.6, 'doubtful'],
    [0.59, 'unstable'],
    [Number.NaN, 'not known'],
  ])('of %d is called %s', (mean, word) => {
    expect(stabilityWord(mean)).toBe(word)
  })
})
