import { random } from '@som/core'
import { describe, expect, it } from 'vitest'
import { mediansByGroup, mediansOf } from './medians.ts'

const ROWS = 20_001
const COUNT = 7

/** Values of all sizes and both signs, with ties, missing ones and infinities. */
const kinds: Readonly<Record<string, (draw: () => number) => number>> = {
  'of any size': (draw) => (draw() - 0.5) * 10 ** Math.round(draw() * 60 - 30),
  'beyond 32 bits': (draw) => (draw() - 0.3) * 10 ** Math.round(draw() * 600 - 300),
  'that hardly differ': (draw) => 1e6 + draw() * 1e-6,
  'of few numbers': (draw) => Math.round(draw() * 3) - 1,
  'all alike': () => -0.125,
}

describe.each([Float32Array, Float64Array])('medians of the groups of a %o', (Numbers) => {
  it.each(Object.entries(kinds))('of values %s are those of each group on its own', (_, kind) => {
    const draw = random(3, 'medians')
    const values = new Numbers(ROWS)
    for (let row = 0; row < ROWS; row++) values[row] = draw() < 0.05 ? Number.NaN : kind(draw)
    // The last group has no row, and the one before it has one.
    const ofRow = (row: number): number => (row === 11 ? COUNT - 2 : Math.floor(draw() * (COUNT - 2)) - 1)
    const of = Int32Array.from({ length: ROWS }, (_, row) => ofRow(row))
    values[11] = 5
    expect(mediansOf(values, of, COUNT)).toEqual(mediansByGroup(values, of, COUNT))
  })

  it('of only missing values are NaN', () => {
    const none = new Numbers(ROWS).fill(Number.NaN)
    const groups = Float64Array.of(Number.NaN, Number.NaN)
    expect(mediansOf(none, new Int32Array(ROWS), 2)).toEqual({ all: Number.NaN, groups })
  })
})
