import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matrix } from '../../rows/matrix.ts'
import { clusterUnits, UNIT_METHODS } from './cluster-units.ts'
import { clusterNames, clusterNumbers } from './clusters.ts'

const lattice = { cell: 'rectangular', shape: 'sheet', rows: 6, columns: 6 } as const
/** Three blobs of units: rows 0-1, 2-3 and 4-5 of the lattice. */
const blobs = matrix(
  36,
  2,
  Float32Array.from({ length: 72 }, (_, i) => 10 * Math.floor(i / 24) + Math.sin(i * 12.9898)),
)

/** Those that give every unit a cluster, and rank numbers of clusters by three indices. */
const OWN_NUMBERS = ['gmm', 'hdbscan', 'watershed', 'u-star']
const WHOLE = UNIT_METHODS.filter((method) => !OWN_NUMBERS.includes(method))

describe.each(WHOLE)('%s', (method) => {
  const found = (options = {}) =>
    clusterUnits({ lattice, codebook: blobs }, { method, ...options }).unwrapOrElse((issues) => {
      throw new Error(JSON.stringify(issues))
    })

  it('finds blobs, proposes their number, and numbers those of one size by their first units', () => {
    const { clusters, tried } = found()
    expect(clusters.count).toBe(3)
    expect([...clusters.of]).toEqual(Array.from({ length: 36 }, (_, unit) => Math.floor(unit / 12)))
    expect(tried.map(({ count }) => count)).toEqual([2, 3, 4, 5, 6, 7, 8])
  })

  it('is the same for the same seed', () => {
    expect(found({ seed: 5, count: 4 })).toEqual(found({ seed: 5, count: 4 }))
  })

  it('gives every unit a cluster, whatever the codebook', () => {
    const number = fc.float({ noNaN: true, min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.array(number, { minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (data, count) => {
        const codebook = matrix(4, 2, Float32Array.from(data))
        const small = { ...lattice, rows: 2, columns: 2 }
        const { clusters } = clusterUnits({ lattice: small, codebook }, { method, count }).unwrapOrElse(() => {
          throw new Error('refused')
        })
        expect(new Set(clusters.of).size).toBe(clusters.count)
        expect(clusters.count).toBeLessThanOrEqual(count)
      }),
      { numRuns: 30 },
    )
  })

  it('of equal prototypes, and of one unit, gives an answer', () => {
    const equal = clusterUnits({ lattice, codebook: matrix(36, 2) }, { method })
    expect(equal.isOk && equal.value.clusters.of.length).toBe(36)
    const one = clusterUnits({ lattice: { ...lattice, rows: 1, columns: 1 }, codebook: matrix(1, 2) }, { method })
    expect(one.isOk && one.value.clusters.count).toBe(1)
  })
})

it('a unit without a training row joins the nearest that has one, and blurs no group', () => {
  const line = { ...lattice, rows: 1, columns: 5 }
  const codebook = matrix(5, 1, Float32Array.of(0, 0.1, 4, 9.9, 10))
  const seen = {
    ...{ hits: Float64Array.of(3, 2, 0, 2, 3), distances: new Float32Array(10) },
    ...{ quantizationError: 0, topographicError: 0, neighbours: 8 as const },
  }
  const found = clusterUnits({ lattice: line, codebook, seen }, { most: 3 })
  expect(found.isOk && [...found.value.clusters.of]).toEqual([0, 0, 0, 1, 1])
})

it('clusters are numbered by their training rows, the largest first, and by their units where there are no rows', () => {
  const line = { ...lattice, rows: 1, columns: 5 }
  const codebook = matrix(5, 1, Float32Array.of(0, 0.1, 0.2, 9.9, 10))
  const seen = {
    ...{ hits: Float64Array.of(1, 2, 1, 2, 3), distances: new Float32Array(9) },
    ...{ quantizationError: 0, topographicError: 0, neighbours: 8 as const },
  }
  const of = (som: Parameters<typeof clusterUnits>[0]) => {
    const found = clusterUnits(som, { count: 2 })
    return found.isOk ? [...found.value.clusters.of] : []
  }
  expect(of({ lattice: line, codebook, seen })).toEqual([1, 1, 1, 0, 0])
  expect(of({ lattice: line, codebook })).toEqual([0, 0, 0, 1, 1])
})

it('every way of grouping gives clusters whose rows are no more than those of the one before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 5 })), {
        minLength: 4,
        maxLength: 30,
      }),
      fc.constantFrom(...WHOLE),
      (units, method) => {
        const small = { ...lattice, rows: 1, columns: units.length }
        const codebook = matrix(
          units.length,
          1,
          Float32Array.from(units, ([at]) => at),
        )
        const hits = Float64Array.from(units, ([, rows]) => rows)
        const seen = { hits, distances: new Float32Array(0), quantizationError: 0, topographicError: 0 }
        const found = clusterUnits({ lattice: small, codebook, seen: { ...seen, neighbours: 8 } }, { method, seed: 2 })
        const { of, count } = found.unwrapOrElse(() => {
          throw new Error('refused')
        }).clusters
        const rows = Array.from({ length: count }, (_, place) =>
          hits.reduce((sum, hit, unit) => sum + (of[unit] === place ? hit : 0), 0),
        )
        const firsts = rows.map((_, place) => of.indexOf(place))
        for (let place = 1; place < count; place++) {
          expect(rows[place]).toBeLessThanOrEqual(rows[place - 1])
          if (rows[place] === rows[place - 1]) expect(firsts[place]).toBeGreaterThan(firsts[place - 1])
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('what is shown of clusters counts from 1', () => {
  const clusters = { of: Int32Array.of(0, 2, 1), count: 3 }
  expect([...clusterNumbers(clusters)]).toEqual([1, 3, 2])
  expect(clusterNames(clusters)).toEqual(['cluster 1', 'cluster 2', 'cluster 3'])
  expect(clusterNames({ ...clusters, names: ['a', 'b', 'c'] })).toEqual(['a', 'b', 'c'])
})

it('contiguous clusters are in one piece on the lattice', () => {
  const codebook = matrix(
    36,
    1,
    Float32Array.from({ length: 36 }, (_, unit) => (unit % 6 < 2 || unit % 6 > 3 ? 0 : 9)),
  )
  const of = (method: 'ward' | 'contiguous-ward', count: number) => {
    const found = clusterUnits({ lattice, codebook }, { method, count })
    return found.isOk ? [...found.value.clusters.of.subarray(0, 6)] : []
  }
  expect(of('ward', 2)).toEqual([0, 0, 1, 1, 0, 0])
  expect(of('contiguous-ward', 3)).toEqual([0, 0, 1, 1, 2, 2])
})

it('what cannot be is reported at once', () => {
  const refused = clusterUnits({ lattice, codebook: blobs }, { count: 37, most: 1 })
  expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['count', 'most'])
})
