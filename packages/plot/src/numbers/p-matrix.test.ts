import { type Lattice, type Matrix, matrix, type Rows, uMatrix } from '@som/core'
import { describe, expect, it } from 'vitest'
import { paretoRadius, pMatrix, uStarMatrix } from './p-matrix.ts'

const numbers = (values: readonly number[]): Matrix => matrix(values.length, 1, Float32Array.from(values))
const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 4 }
const map = { lattice, metric: 'euclidean' as const, kernel: 'gaussian' as const, codebook: numbers([0, 1, 2, 10]) }
const rows: Rows = { matrix: numbers([0, 0.25, 1, 9]) }

describe('P-matrix', () => {
  it('counts the rows nearer than the radius, not those at it', () => {
    expect(Array.from(pMatrix(map, rows, 1))).toEqual([2, 2, 0, 0])
  })

  it('counts weights where there are some, and skips rows without a value', () => {
    const weighted: Rows = { matrix: numbers([0, Number.NaN, 1]), weights: Float32Array.from([0.5, 9, 2]) }
    expect(Array.from(pMatrix(map, weighted, 0.5))).toEqual([0.5, 2, 0, 0])
  })

  it('the Pareto radius is the distance within which the median row has a fifth of them', () => {
    // 20.13 % of 10 rows is 3 of them, the row itself and both its neighbours.
    expect(paretoRadius(map, { matrix: numbers([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) })).toBe(1)
  })

  it('the Pareto radius depends on no order of rows, with missing values in any metric', () => {
    const nan = Number.NaN
    const table = [[0, 1], [nan, 2], [3, nan], [1, 1], [2, 5], [nan, 3], [4, nan], [7, 2]] // biome-ignore format: a table
    const radius = (order: number[][], metric: 'cosine' | 'euclidean') =>
      paretoRadius({ metric, codebook: matrix(1, 2) }, { matrix: matrix(8, 2, Float32Array.from(order.flat())) })
    for (const metric of ['cosine', 'euclidean'] as const) {
      expect(radius([...table].reverse(), metric)).toBe(radius(table, metric))
    }
  })

  it('rows of weight 0 have no part in the Pareto radius', () => {
    const weights = Float32Array.from({ length: 12 }, (_, i) => (i < 10 ? 1 : 0))
    const far = { matrix: numbers([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6, -1e6]), weights }
    expect(paretoRadius(map, far)).toBe(1)
  })

  it('no rows have no radius and no density', () => {
    expect(Array.from(pMatrix(map, { matrix: matrix(0, 1) }))).toEqual([0, 0, 0, 0])
  })

  it('rows of another table are refused', () => {
    expect(() => pMatrix(map, { matrix: matrix(1, 2) })).toThrow('rows: expected 1 features')
  })
})

describe('U*-matrix', () => {
  const som = { ...map, codebook: numbers([0, 1, 3, 6]) }
  const heights = uMatrix(som)

  it('is the U-matrix at mean density and 0 at the greatest', () => {
    const [first, second, third, fourth] = uStarMatrix(som, [1, 2, 3, 2])
    expect([second, third, fourth]).toEqual([heights[1], 0, heights[3]])
    expect(first).toBe(2 * heights[0])
  })

  it('is the U-matrix where the density is everywhere the same', () => {
    expect(uStarMatrix(som, [2, 2, 2, 2])).toEqual(heights)
  })
})
