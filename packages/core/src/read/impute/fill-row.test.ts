import { describe, expect, it } from 'vitest'
import { random } from '../../random.ts'
import type { Seen, Som } from '../../som.ts'
import { rowFiller } from './fill-row.ts'

const N = Number.NaN
/** One unit in the middle, and others far enough away that no draw reaches them. */
const codebook = { rows: 3, columns: 2, data: Float32Array.of(0, 0, -100, -100, 100, 100) }
const seenBy = (hits: number[], distances: number[]): Seen =>
  ({ hits: Float64Array.from(hits), distances: Float32Array.from(distances) }) as Seen
const near = (unit: number[], distance: number[]) => ({
  k: unit.length,
  unit: Int32Array.from(unit),
  distance: Float32Array.from(distance),
})

/** The standard deviation of draws in the middle. */
function spreadOf(seen: Seen, metric: Som['metric'] = 'euclidean'): number {
  const fill = rowFiller({ codebook, metric, seen })
  const source = random(1, 'draws')
  const values = Array.from({ length: 4000 }, () => {
    const row = Float64Array.of(0, N)
    fill(row, near([0], [1]), 0, source)
    return row[1]
  })
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)
}

/** Of 4,000 draws: more than four of their standard errors. */
const WITHIN = 0.05
const isNear = (found: number, expected: number): void =>
  expect(Math.abs(found / expected - 1)).toBeLessThanOrEqual(WITHIN)

describe('draws spread as rows around their units', () => {
  /** A mean square of 8, and so a variance of 4 in each of two features. */
  const distances = (rows: number): number[] => Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 0 : 4))

  it('do, n / (n - u) times as far squared where n rows used u units', () => {
    isNear(spreadOf(seenBy([6, 0, 0], distances(6))), Math.sqrt(4 * (6 / 5)))
    isNear(spreadOf(seenBy([2, 2, 2], distances(6))), Math.sqrt(4 * 2))
  })

  it('but at most four times', () => {
    isNear(spreadOf(seenBy([2, 1, 1], distances(4))), Math.sqrt(4 * 4))
    isNear(spreadOf(seenBy([1, 1, 0], distances(2))), Math.sqrt(4 * 4))
  })

  it('a map that keeps fewer distances than it had rows counts the rows', () => {
    isNear(spreadOf(seenBy([2000, 2000, 2000], distances(6))), Math.sqrt(4))
  })

  it('weights that add up to less than the number of rows do not make them fewer', () => {
    isNear(spreadOf(seenBy([0.5, 0.25, 0.25], distances(6))), Math.sqrt(4 * 2))
  })
})

it('without rows that the map has seen, or another metric, a draw is the prototype of a near unit, by weight', () => {
  for (const fill of [
    rowFiller({ codebook, metric: 'euclidean', seen: null }),
    rowFiller({ codebook, metric: 'manhattan', seen: seenBy([1, 1, 1], [1, 1, 1]) }),
  ]) {
    const source = random(2, 'draws')
    const values = Array.from({ length: 1000 }, () => {
      const row = Float64Array.of(0, N)
      fill(row, near([1, 2], [1, 1]), 0, source)
      expect(row[0]).toBe(0)
      return row[1]
    })
    expect(new Set(values)).toEqual(new Set([-100, 100]))
    expect(Math.abs(values.filter((x) => x < 0).length - 500)).toBeLessThan(70)
  }
})

it('with neither draws nor a variance, values are means of the near units, by weight', () => {
  const row = Float64Array.of(0, N)
  rowFiller({ codebook, metric: 'euclidean', seen: null })(row, near([0, 2], [1, 1]), 0)
  expect([...row]).toEqual([0, 50])
})

it('values stay within those of the prototypes, each feature within its own', () => {
  const low = { rows: 2, columns: 2, data: Float32Array.of(0, 5, 1, 6) }
  const fill = rowFiller({ codebook: low, metric: 'euclidean', seen: seenBy([1, 1], [100, 100]) })
  const source = random(3, 'draws')
  const rows = Array.from({ length: 50 }, () => {
    const row = Float64Array.of(N, N)
    fill(row, near([0, 1], [1, 2]), 0, source)
    return row
  })
  const of = (f: number): number[] => rows.map((row) => row[f])
  expect([Math.min(...of(0)), Math.max(...of(0))]).toEqual([0, 1])
  expect([Math.min(...of(1)), Math.max(...of(1))]).toEqual([5, 6])
})

it('a row without a unit stays as it is', () => {
  const row = Float64Array.of(N, N)
  rowFiller({ codebook, metric: 'euclidean', seen: null })(row, near([-1], [N]), 0)
  expect([...row]).toEqual([N, N])
})
