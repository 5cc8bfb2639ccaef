import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { js } from '../../backend/js/js.ts'
import type { Lattice } from '../../map/lattice.ts'
import { matrix } from '../../rows/matrix.ts'
import { combinedError } from './combined-error.ts'
import { hitEntropy } from './dead-units.ts'
import { distortion } from './distortion.ts'
import { meanSquaredQuantizationError, topographicError } from './errors.ts'
import { explainedVariance } from './explained-variance.ts'
import { labelAgreement } from './labels.ts'
import { rankPreservation } from './rank-preservation.ts'
import { topographicFunction } from './topographic-function.ts'
import { topographicProduct } from './topographic-product.ts'

/** The numbers of `tools/python/make-quality-fixtures.py`: what SOMperf and scikit-learn find. */
interface Fixture {
  readonly measures: readonly ({
    readonly name: string
    readonly samples: string
    readonly lattice: Lattice
    readonly codebook: number[]
    readonly topographicFunction: number[]
  } & Readonly<Record<string, number>>)[]
  readonly ranks: readonly {
    readonly data: number[]
    readonly columns: number
    readonly map: number[]
    readonly nearest: number
    readonly trustworthiness: number
    readonly continuity: number
  }[]
  readonly agreement: readonly {
    readonly groups: number[]
    readonly labels: string[]
    readonly purity: number
    readonly normalisedMutualInformation: number
    readonly adjustedRand: number
  }[]
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/${name}.json`, import.meta.url), 'utf8'))
const fixture: Fixture = read('quality')
const { samples } = read('minisom')

describe.each(fixture.measures)('SOMperf agrees: $name', (expected) => {
  const { lattice } = expected
  const { rows, columns, data } = samples[expected.samples]
  const given = { matrix: matrix(rows, columns, Float32Array.from(data)) }
  const codebook = matrix(lattice.rows * lattice.columns, columns, Float32Array.from(expected.codebook))
  const som = { lattice, metric: 'euclidean', kernel: 'gaussian', codebook } as const
  const matched = js()
    .open(som, given, codebook)
    .then((session) => session.match())
  const neighbours = lattice.cell === 'hexagonal' ? ([6] as const) : ([4, 8] as const)

  test.each(neighbours)('on errors with %i neighbours', async (n) => {
    const matches = await matched
    expect(combinedError(som, matches, { neighbours: n })).toBeCloseTo(expected[`combinedError ${n}`], 6)
    expect(topographicError(som, matches, { neighbours: n })).toBeCloseTo(expected[`topographicError ${n}`], 9)
  })

  test.each([0.7, 2])('on the distortion at radius %f', async (radius) => {
    const found = distortion(som, await matched, { rows: given, radius })
    expect(found / expected[`distortion ${radius.toFixed(1)}`]).toBeCloseTo(1, 6)
  })

  test('on the topographic product', () => {
    const parts = topographicProduct(som)
    expect(parts.reduce((sum, part) => sum + part, 0) / parts.length).toBeCloseTo(expected.topographicProduct, 6)
  })

  test('and SciPy does on the entropy of hits', async () => {
    expect(hitEntropy(som, await matched)).toBeCloseTo(expected.hitEntropy, 9)
  })

  // It knows no hexagons.
  if (lattice.cell === 'rectangular') {
    test('and dbgsom does on the topographic function', async () => {
      const { values } = topographicFunction(som, await matched)
      values.forEach((value, at) => {
        expect(value).toBeCloseTo(expected.topographicFunction[at], 9)
      })
    })
  }

  test('and scikit-learn does on explained variance and the mean squared error', async () => {
    const matches = await matched
    expect(explainedVariance(som, matches, { rows: given })).toBeCloseTo(expected.explainedVariance, 6)
    expect(meanSquaredQuantizationError(som, matches)).toBeCloseTo(expected.meanSquaredQuantizationError, 5)
  })
})

test.each(fixture.ranks)(
  'scikit-learn agrees on trustworthiness and continuity of the $nearest nearest',
  (expected) => {
    const between = (data: readonly number[], columns: number) => (i: number, j: number) =>
      Math.hypot(...Array.from({ length: columns }, (_, f) => data[i * columns + f] - data[j * columns + f]))
    const count = expected.map.length / 2
    const inData = between(expected.data, expected.columns)
    const found = rankPreservation(count, inData, between(expected.map, 2), expected.nearest)
    expect(found.trustworthiness).toBeCloseTo(expected.trustworthiness, 9)
    expect(found.continuity).toBeCloseTo(expected.continuity, 9)
  },
)

test.each(fixture.agreement)('scikit-learn agrees on groups and labels', (expected) => {
  const found = labelAgreement(expected.groups, expected.labels)
  expect(found.purity).toBeCloseTo(expected.purity, 9)
  expect(found.normalisedMutualInformation).toBeCloseTo(expected.normalisedMutualInformation, 9)
  expect(found.adjustedRand).toBeCloseTo(expected.adjustedRand, 9)
})
