import { describe, expect, it } from 'vitest'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import type { SparseMatrix } from './matrix.ts'

/** Three rows of three columns: 5 in the first, nothing, and 1 and 2 in the second and third. */
const sparse: SparseMatrix = {
  rows: 3,
  columns: 3,
  offsets: Uint32Array.of(0, 1, 1, 3),
  indices: Uint32Array.of(0, 1, 2),
  values: Float32Array.of(5, 1, 2),
}
const planned = (options: object) => plan({ samples: sparse, ...options } as TrainOptions)

describe('sparse samples', () => {
  it.each([
    ['a column beyond the last', [0, 1, 3], 'row 3: expected ascending columns below 3, found 3'],
    ['a column beyond the last, in the first row', [3, 1, 2], 'row 1: expected ascending columns below 3, found 3'],
    ['columns that descend', [0, 2, 1], 'row 3: expected ascending columns below 3, found 1'],
    ['a column twice', [0, 1, 1], 'row 3: expected ascending columns below 3, found 1'],
  ])('with %s are refused, and the row is named', (_, indices, message) => {
    const made = planned({ samples: { ...sparse, indices: Uint32Array.from(indices) } })
    expect(made.isErr && made.error).toEqual([{ path: 'samples.indices', message }])
  })

  it('have features by their places where they have no names, and keep their values as they are', () => {
    const unnamed = planned({}).unwrapOr(null)
    expect(unnamed?.features.map(({ name }) => name)).toEqual(['feature 1', 'feature 2', 'feature 3'])
    const preprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 }
    for (const feature of unnamed?.features ?? []) expect(feature.preprocessing).toEqual(preprocessing)
    const named = planned({ samples: { ...sparse, names: ['a', 'b', 'c'] } }).unwrapOr(null)
    expect(named?.features.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('take no weights of features', () => {
    const made = planned({ samples: { ...sparse, names: ['a', 'b', 'c'] }, featureWeights: { a: 2 } })
    const message = 'expected none for sparse samples: scale their values instead'
    expect(made.isErr && made.error).toEqual([{ path: 'featureWeights', message }])
  })
})

describe('a preprocessing or weight', () => {
  const samples = {
    ...{ features: ['size', 'kind=a', 'kind=b'], rows: 4 },
    sources: [undefined, { column: 'kind', level: 'a' }, { column: 'kind', level: 'b' }],
    data: Float64Array.of(1, 1, 0, 2, 0, 1, 3, 1, 0, 5, 0, 1),
  }
  const methods = (preprocessing: object) =>
    plan({ samples, preprocessing } as TrainOptions)
      .unwrapOr(null)
      ?.features.map(({ preprocessing: { method } }) => method)

  it('is that of the feature, else that of the column it was made from', () => {
    expect(methods({ size: 'min-max', kind: 'none' })).toEqual(['min-max', 'none', 'none'])
    expect(methods({ size: 'min-max', kind: 'none', 'kind=b': 'min-max' })).toEqual(['min-max', 'none', 'min-max'])
  })
})
