import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matches } from '../../backend/backend.ts'
import { METRICS } from '../../map/measures.ts'
import { rowDistance } from '../../map/row-distance.ts'
import { random, shuffled } from '../../random.ts'
import { chooseRows, matrix } from '../../rows/matrix.ts'
import { samplesOf } from '../../rows/samples.ts'
import { drawMatrix } from '../../testing/draw.ts'
import { train } from '../../train/train.ts'
import { type Quality, quality, qualityOf } from './quality.ts'

const RANKS = ['trustworthiness', 'continuity', 'neighbourhoodPreservation']

const ranksOf = ({ measures }: Quality): number[] =>
  measures.filter(({ name }) => RANKS.includes(name)).map(({ value }) => value)

describe('the distance between rows', () => {
  const nan = Number.NaN

  it.each(METRICS)('is the same both ways, whichever row has a missing value: %s', (metric) => {
    const distance = rowDistance(metric)
    const [a, b] = [Float64Array.of(1, nan, 3), Float64Array.of(2, 5, -1)]
    expect(distance(a, b)).toBe(distance(b, a))
    expect(distance(a, b)).toBe(distance(Float64Array.of(1, 3), Float64Array.of(2, -1)))
  })

  it('is infinite where rows share no feature', () => {
    for (const metric of [...METRICS, { name: 'mine', distance: () => 0 }]) {
      expect(rowDistance(metric)(Float64Array.of(1, nan), Float64Array.of(nan, 1))).toBe(Number.POSITIVE_INFINITY)
    }
  })
})

it('any permutation of rows has the same bits of rank measures, missing values and all', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...METRICS),
      fc.constantFrom('lattice', 'codebook'),
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.7, noNaN: true }),
      (metric, space, seed, missing) => {
        const rows = 40
        const data = drawMatrix(rows, 3, seed, missing)
        const units = drawMatrix(12, 3, seed + 1)
        const lattice = { cell: 'hexagonal', shape: 'sheet', rows: 3, columns: 4 } as const
        const som = { lattice, metric, kernel: 'gaussian', codebook: units, training: { history: [] } } as never
        const unit = Int32Array.from({ length: rows }, (_, i) => (i * 7) % 12)
        const secondUnit = unit.map((k) => (k + 1) % 12)
        const distance = new Float32Array(rows).fill(1)
        const measured = (order: Uint32Array): number[] => {
          const matches: Matches = {
            unit: Int32Array.from(order, (i) => unit[i]),
            secondUnit: Int32Array.from(order, (i) => secondUnit[i]),
            distance,
            secondDistance: distance,
          }
          return ranksOf(qualityOf(som, { matrix: chooseRows(data, order) }, matches, { space }))
        }
        const asGiven = measured(Uint32Array.from({ length: rows }, (_, i) => i))
        expect(measured(shuffled(random(seed, 'rows'), rows))).toEqual(asGiven)
      },
    ),
    { numRuns: 60 },
  )
})

it('ranks are those of the numbers given, not of their rounding to 32 bits', async () => {
  const lines = readFileSync(new URL('../../../fixtures/iris.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.slice(1).map((line) => line.split(',').slice(0, 4).map(Number))
  const fail = (): never => {
    throw new Error('not measured')
  }
  const som = (
    await train({ samples: samplesOf(rows), preprocessing: 'none', lattice: { rows: 6, columns: 10 } })
  ).unwrapOrElse(fail)
  const given = (await quality(som, samplesOf(rows))).unwrapOrElse(fail)
  const rounded = (await quality(som, matrix(150, 4, Float32Array.from(rows.flat())))).unwrapOrElse(fail)
  expect(ranksOf(given)).not.toEqual(ranksOf(rounded))
  const sorted = (await quality(som, samplesOf([...rows].reverse()))).unwrapOrElse(fail)
  expect(ranksOf(sorted)).toEqual(ranksOf(given))
})
