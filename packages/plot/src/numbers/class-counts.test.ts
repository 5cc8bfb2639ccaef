import type { Lattice } from '@som/core'
import { describe, expect, it } from 'vitest'
import { classCounts } from './class-counts.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

describe('classes', () => {
  const lattice = sheet('rectangular', 1, 2)

  it('are counted by unit, the most frequent first', () => {
    const counts = classCounts(lattice, { units: [0, 0, 0, 1, -1, 1], labels: ['b', 'a', 'b', 'c', 'a', ''] })
    expect(counts.classes).toEqual(['b', 'a', 'c'])
    expect(counts.perUnit).toEqual([
      [
        { index: 0, rows: 2 },
        { index: 1, rows: 1 },
      ],
      [{ index: 2, rows: 1 }],
    ])
  })

  it('of rows without a label, or on units that are not there, are refused', () => {
    expect(() => classCounts(lattice, { units: [0, 1], labels: ['a'] })).toThrow(
      'labels: expected one for each of 2 rows',
    )
    expect(() => classCounts(lattice, { units: [2], labels: ['a'] })).toThrow('expected a unit from 0 to 1, found 2')
  })
})
