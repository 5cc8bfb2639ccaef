import { hits, js, type Lattice, type Matrix, matrix, type Rows } from '@som/core'
import { describe, expect, it } from 'vitest'
import { smoothedHits } from './smoothed-hits.ts'

const numbers = (values: readonly number[]): Matrix => matrix(values.length, 1, Float32Array.from(values))
const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 4 }
const map = { lattice, metric: 'euclidean' as const, kernel: 'gaussian' as const, codebook: numbers([0, 1, 2, 10]) }
const rows: Rows = { matrix: numbers([0, 0.25, 1, 9]) }

describe('smoothed data histogram', () => {
  it('gives each row to its nearest units in parts s, s - 1, … 1', () => {
    const one: Rows = { matrix: numbers([0.25]) }
    expect(Array.from(smoothedHits(map, one, 3))).toEqual([3 / 6, 2 / 6, 1 / 6, 0])
  })

  it('is the hits where a row counts for one unit', async () => {
    const session = await js().open(map, rows, map.codebook)
    expect(smoothedHits(map, rows, 1)).toEqual(hits(map, await session.match()))
    session.close()
  })

  it('the lower unit wins a tie', () => {
    expect(Array.from(smoothedHits(map, { matrix: numbers([0.5]) }, 1))).toEqual([1, 0, 0, 0])
  })

  it('counts every row once, however many units there are', () => {
    const total = smoothedHits(map, rows, 99).reduce((sum, part) => sum + part, 0)
    expect(total).toBeCloseTo(4, 12)
  })
})
