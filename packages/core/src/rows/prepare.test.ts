import { describe, expect, it } from 'vitest'
import { matrix, toSparse } from './matrix.ts'
import { prepareRows } from './prepare.ts'
import type { FeaturePreprocessing } from './preprocessing.ts'
import type { Samples } from './samples.ts'

const feature = (name: string, centre: number, scale: number) => {
  const preprocessing: FeaturePreprocessing = { method: 'z-score', cofactor: 1, centre, scale, factor: 1 }
  return { name, preprocessing }
}
const som = { features: [feature('width', 10, 2), feature('height', 0, 4)] }

const table = (features: readonly string[], data: Float32Array | Float64Array): Samples => ({
  features,
  rows: data.length / features.length,
  data,
})

const prepared = (...given: Parameters<typeof prepareRows>) => {
  const found = prepareRows(...given)
  if (found.isErr) throw new Error(JSON.stringify(found.error))
  return found.value
}

const issuesOf = (input: unknown, map: Parameters<typeof prepareRows>[0] = som): string[] =>
  prepareRows(map, input as Samples).match({
    Ok: () => [],
    Err: (issues) => issues.map(({ path, message }) => `${path}: ${message}`),
  })

describe('new rows', () => {
  it('are brought onto the map as its training rows were, features by name in the order of the map', () => {
    const { matrix: rows } = prepared(som, table(['height', 'other', 'width'], Float64Array.of(4, 99, 12, 8, 99, 6)))
    expect(rows).toEqual(matrix(2, 2, Float32Array.of(1, 1, -2, 2)))
  })

  it('without names go by position', () => {
    const expected = matrix(1, 2, Float32Array.of(1, 2))
    expect(prepared(som, [[12, 8]]).matrix).toEqual(expected)
    expect(prepared(som, matrix(1, 2, Float32Array.of(12, 8))).matrix).toEqual(expected)
    expect(prepared(som, [[12, null]]).matrix).toEqual(matrix(1, 2, Float32Array.of(1, Number.NaN)))
  })

  it('keep their weights, and their numbers before rounding to f32', () => {
    const weights = Float32Array.of(0, 3)
    const given = { ...table(['width', 'height'], Float64Array.of(10.1, 0, 12, 0.3)), weights }
    const rows = prepared(som, given)
    expect(rows.weights).toEqual(weights)
    expect([...(rows.exact?.(1) ?? [])]).toEqual([1, 0.3 / 4])
    expect([...(rows.exact?.(0) ?? [])]).toEqual([(10.1 - 10) / 2, 0])
  })

  it('of f32 have numbers before rounding where they are preprocessed, and none where they are taken as they are', () => {
    const third = Math.fround(10 + 1 / 3)
    const rows = prepared(som, table(['width', 'height'], Float32Array.of(third, 8)))
    expect([...(rows.exact?.(0) ?? [])]).toEqual([(third - 10) / 2, 2])
    const asTheyAre = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
    const plain = { features: [{ name: 'width', preprocessing: asTheyAre }] }
    expect(prepared(plain, table(['width'], Float32Array.of(12))).exact).toBeUndefined()
  })

  it('that lack features are refused with each that is missing', () => {
    expect(issuesOf(table(['depth'], Float64Array.of(1)))).toEqual([
      'width: this feature was in training but is not in these rows',
      'height: this feature was in training but is not in these rows',
    ])
    expect(issuesOf([[1, 2, 3]])).toEqual(['samples: expected 2 features as in training, found 3'])
  })

  it('that are sparse need a map whose features are taken as they are', () => {
    const sparse = toSparse(matrix(1, 2, Float32Array.of(0, 8)))
    expect(issuesOf(sparse)).toEqual([
      'samples: expected dense rows: the features of this map are preprocessed, which fills zeros in',
    ])
    const plain = som.features.map(({ name, preprocessing }) => ({
      ...{ name, preprocessing: { ...preprocessing, method: 'none' as const, centre: 0, scale: 1 } },
    }))
    expect(prepared({ features: plain }, sparse).matrix).toEqual(sparse)
    expect(issuesOf(toSparse(matrix(1, 3)), { features: plain })).toEqual([
      'samples: expected 2 features as in training, found 3',
    ])
  })
})
