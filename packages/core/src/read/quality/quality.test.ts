import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Matches } from '../../backend/backend.ts'
import { matrix } from '../../rows/matrix.ts'
import { samplesOf } from '../../rows/samples.ts'
import { train } from '../../train/train.ts'
import { deadUnits, hitEntropy } from './dead-units.ts'
import { meanTiedRank } from './mean-tied-rank.ts'
import { quality } from './quality.ts'
import { rankPreservation } from './rank-preservation.ts'
import { topographicFunction } from './topographic-function.ts'
import { topographicProduct } from './topographic-product.ts'

const sheet = (rows: number, columns: number) => ({ cell: 'rectangular', shape: 'sheet', rows, columns }) as const

/** Samples whose two nearest units are these. */
function pairs(...units: readonly (readonly [number, number])[]): Matches {
  const distance = new Float32Array(units.length)
  return {
    unit: Int32Array.from(units, ([best]) => best),
    secondUnit: Int32Array.from(units, ([, second]) => second),
    distance,
    secondDistance: distance,
  }
}

test('the mean tied rank is that of the second-best unit, units at one distance sharing their mean', () => {
  expect(meanTiedRank({ lattice: sheet(1, 5) }, pairs([0, 1]))).toBe(1)
  expect(meanTiedRank({ lattice: sheet(1, 5) }, pairs([2, 1]))).toBe(1.5)
  expect(meanTiedRank({ lattice: sheet(3, 3) }, pairs([4, 1]))).toBe(2.5)
  expect(meanTiedRank({ lattice: sheet(3, 3) }, pairs([4, 0]))).toBe(6.5)
  expect(meanTiedRank({ lattice: sheet(3, 3) }, pairs([-1, -1]))).toBeNaN()
})

describe('the topographic function', () => {
  it('is 0 where units are adjacent in the data exactly as on the lattice', () => {
    const { steps, values } = topographicFunction({ lattice: sheet(1, 4) }, pairs([0, 1], [1, 2], [2, 3]))
    expect(steps).toEqual([-3, -2, -1, 0, 1, 2, 3])
    expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('takes unit 0 for a second unit as any other, and leaves out rows without one', () => {
    const { values } = topographicFunction({ lattice: sheet(1, 4) }, pairs([1, 0], [1, 2], [2, 3], [0, -1]))
    expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('counts a fold at steps above 0, and a tear at steps below', () => {
    const { values } = topographicFunction({ lattice: sheet(1, 4) }, pairs([0, 1], [1, 3], [3, 2]))
    // Units 1 and 3 are adjacent in the data and two steps apart; lattice neighbours 1 and 2 are two apart in the data.
    expect([...values]).toEqual([0, 0, 0.5, 1, 0.5, 0, 0])
  })
})

test('numbering units otherwise does not change the topographic product', () => {
  const codebook = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * i))
  const mean = (data: Float32Array): number => {
    const parts = topographicProduct({ lattice: sheet(3, 4), metric: 'euclidean', codebook: matrix(12, 2, data) })
    return parts.reduce((sum, x) => sum + x, 0) / parts.length
  }
  const turned = Float32Array.from(codebook, (_, i) => codebook[2 * (11 - (i >> 1)) + (i & 1)])
  expect(mean(turned)).toBeCloseTo(mean(codebook), 12)
})

describe('keeping of ranks', () => {
  it('is 1 where the map shows the data as it is', () => {
    const apart = (i: number, j: number) => Math.abs(i - j)
    expect(rankPreservation(9, apart, apart, 2).neighbourhoodPreservation).toBeCloseTo(1, 12)
    expect(rankPreservation(4, apart, apart, 2).trustworthiness).toBeNaN()
  })

  it('is, with equal distances, the mean over all orders among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 1, max: 3 }), (count, nearest) => {
        // Every object is at one place: any neighbour is as likely as another.
        const found = rankPreservation(
          count,
          (i, j) => Math.abs(i - j) + i / 100,
          () => 0,
          nearest,
        )
        expect(found.neighbourhoodPreservation).toBeCloseTo(nearest / (count - 1), 9)
      }),
    )
  })
})

test('units without a row are dead, and rows on one unit alone have no entropy', () => {
  const map = { lattice: sheet(1, 3) }
  expect(deadUnits(map, pairs([1, 0], [1, 0], [1, 2]))).toBe(2)
  expect(deadUnits(map, pairs([1, 0], [2, 0]), { weights: Float32Array.of(1, 0) })).toBe(2)
  expect(hitEntropy(map, pairs([0, 1], [1, 2], [2, 1]))).toBeCloseTo(1, 12)
  expect(hitEntropy(map, pairs([0, 1], [0, 2]))).toBe(0)
})

describe('quality of a map', async () => {
  const rows = samplesOf(
    Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(i * 1.3), i === 7 ? Number.NaN : i / 60]),
    ['a', 'b', 'c'],
  )
  const som = (await train({ samples: rows, lattice: { rows: 4, columns: 5 }, epochs: 5 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  const found = async (...args: Parameters<typeof quality>) =>
    (await quality(...args)).unwrapOrElse((issues) => {
      throw new Error(JSON.stringify(issues))
    })

  it('says every measure with its convention', async () => {
    const { measures } = await found(som, rows, { labels: Array.from({ length: 60 }, (_, i) => String(i % 3)) })
    expect(measures.map(({ name }) => name)).toContain('adjustedRand')
    for (const { value, convention } of measures) {
      expect(value).not.toBeNaN()
      expect(convention).not.toBe('')
    }
    const error = measures.find(({ name }) => name === 'quantizationError')
    expect(error?.value).toBeCloseTo(som.seen?.quantizationError ?? 0, 6)
  })

  it('gives an interval that holds the exact figure where rows are drawn, the same for the same seed', async () => {
    const exact = await found(som, rows)
    const drawn = await found(som, rows, { sample: 40 })
    expect(await found(som, rows, { sample: 40 })).toEqual(drawn)
    const at = drawn.measures.findIndex(({ name }) => name === 'distortion')
    const [low, high] = drawn.measures[at].interval ?? [0, 0]
    expect(exact.measures[at].interval).toBeNull()
    expect(exact.measures[at].value).toBeGreaterThan(low)
    expect(exact.measures[at].value).toBeLessThan(high)
  })

  it('reports every option that cannot be, at once', async () => {
    const refused = await quality(som, rows, { neighbours: 6, nearest: 0, radius: -1, sample: 1, labels: [] })
    expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual([
      'neighbours',
      'labels',
      'nearest',
      'radius',
      'sample',
    ])
  })

  it('of a map of one unit, and of one row, is NaN where a figure does not exist', async () => {
    const one = (await train({ samples: rows, lattice: { rows: 1, columns: 1 }, epochs: 1 })).unwrapOr(som)
    const { measures } = await found(one, samplesOf([[1, 2, 3]], ['a', 'b', 'c']))
    const value = (name: string) => measures.find((measure) => measure.name === name)?.value
    expect(value('topographicError')).toBeNaN()
    expect(value('quantizationError')).toBeGreaterThan(0)
    expect(value('trustworthiness')).toBeNaN()
  })
})
