import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Lattice } from '../../map/lattice.ts'
import { matrix } from '../../rows/matrix.ts'
import { clusterUnits } from './cluster-units.ts'
import { bySize } from './clusters.ts'
import { averageTree } from './consensus.ts'
import { separation } from './indices.ts'
import { cut } from './tree.ts'

/** The numbers of `tools/python/make-quality-fixtures.py`: what scikit-learn finds. */
interface Expected {
  readonly lattice: Lattice
  readonly codebook: number[]
  readonly columns: number
  readonly contiguous: boolean
  readonly count: number
  readonly ward: number[]
  readonly average: number[]
  readonly daviesBouldin: number
  readonly silhouette: number
  readonly calinskiHarabasz: number
}
const fixture: { readonly clusters: readonly Expected[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/quality.json', import.meta.url), 'utf8'),
)

describe.each(fixture.clusters)('scikit-learn agrees on $count clusters, contiguous: $contiguous', (expected) => {
  const { lattice, count } = expected
  const codebook = matrix(lattice.rows * lattice.columns, expected.columns, Float32Array.from(expected.codebook))

  test('by Ward', () => {
    const method = expected.contiguous ? 'contiguous-ward' : 'ward'
    const found = clusterUnits({ lattice, codebook }, { method, count })
    expect(found.isOk && [...found.value.clusters.of]).toEqual([...bySize(expected.ward)])
  })

  test('by average linkage', () => {
    expect([...bySize(cut(codebook.rows, averageTree(codebook), count))]).toEqual([...bySize(expected.average)])
  })

  test('and on how well they are told apart', () => {
    const found = separation(codebook, expected.ward, count)
    expect(found.daviesBouldin).toBeCloseTo(expected.daviesBouldin, 6)
    expect(found.silhouette).toBeCloseTo(expected.silhouette, 6)
    expect(found.calinskiHarabasz / expected.calinskiHarabasz).toBeCloseTo(1, 6)
  })
})
