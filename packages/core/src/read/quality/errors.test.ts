import { expect, it } from 'vitest'
import type { Matches } from '../../backend/backend.ts'
import { matrix } from '../../rows/matrix.ts'
import { componentPlane } from '../component-plane.ts'
import { uMatrix } from '../u-matrix.ts'
import { combinedError } from './combined-error.ts'
import { hits, quantizationError, topographicError, unitTopographicError } from './errors.ts'
import { meanTiedRank } from './mean-tied-rank.ts'
import { topographicFunction } from './topographic-function.ts'

const matches: Matches = {
  unit: Int32Array.of(0, 4, -1, 0),
  distance: Float32Array.of(1, 3, Number.NaN, 2),
  secondUnit: Int32Array.of(4, 8, -1, 8),
  secondDistance: Float32Array.of(2, 4, Number.NaN, 5),
}
const lattice = { cell: 'rectangular', shape: 'sheet', rows: 3, columns: 3 } as const
const map = { lattice }
const weights = Float32Array.of(1, 1, 9, 2)

it('quantization error is the mean distance of the rows that have a unit, weighted where weights are given', () => {
  expect(quantizationError(map, matches)).toBe(2)
  expect(quantizationError(map, matches, { weights })).toBe(2)
  expect(quantizationError(map, { ...matches, unit: Int32Array.of(-1, -1, -1, -1) })).toBeNaN()
})

it('a measure of second-best units refuses matches without them, and one of the best alone takes them', () => {
  const best = { ...matches, secondUnit: new Int32Array(), secondDistance: new Float32Array() }
  const som = { lattice, metric: 'euclidean', codebook: matrix(9, 1) } as const
  const measures = [
    () => topographicError(map, best),
    () => unitTopographicError(map, best),
    () => meanTiedRank(map, best),
    () => combinedError(som, best),
    () => topographicFunction(map, best),
  ]
  for (const measure of measures) expect(measure).toThrow(/second-best unit for each of 4 rows, found 0/)
  expect(quantizationError(map, best)).toBe(2)
  expect(hits(map, best)[0]).toBe(2)
})

it('topographic error counts diagonal neighbours with 8, not with 4', () => {
  expect(topographicError(map, matches, { neighbours: 8 })).toBeCloseTo(1 / 3, 12)
  expect(topographicError(map, matches, { neighbours: 4 })).toBe(1)
  expect(topographicError({ lattice: { ...lattice, shape: 'toroid' } }, matches, { neighbours: 8 })).toBe(0)
  expect(topographicError(map, matches, { weights })).toBe(0.5)
})

it('hits are numbers of rows per unit, or their weights', () => {
  expect([...hits(map, matches)]).toEqual([2, 0, 0, 0, 1, 0, 0, 0, 0])
  expect(hits(map, matches, { weights })[0]).toBe(3)
})

const codebook = matrix(3, 1, Float32Array.of(0, 1, 5))
const line = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 3 } as const

it('the U-matrix is the mean distance to the neighbours, so an end of the map is not favoured', () => {
  expect([...uMatrix({ lattice: line, metric: 'euclidean', codebook })]).toEqual([1, 2.5, 4])
  expect([...uMatrix({ lattice: { ...line, columns: 1 }, metric: 'euclidean', codebook: matrix(1, 1) })]).toEqual([0])
})

const features = [
  { name: 'height', preprocessing: { method: 'z-score', cofactor: 1, centre: 100, scale: 10, factor: 2 } },
] as const

it("a component plane is in the user's units", () => {
  expect([...componentPlane({ features, codebook }, 'height')]).toEqual([100, 105, 125])
  expect(() => componentPlane({ features, codebook }, 'width')).toThrow('expected one of height, found "width"')
})
