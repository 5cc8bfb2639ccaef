import { match, random, type Samples } from '@som/core'
import { describe, expect, test } from 'vitest'
import { noGroupsText } from './no-groups.ts'
import type { SegmentOptions } from './options.ts'
import { type Segmentation, segment } from './segment.ts'
import { countText, sizeText, traitText } from './words.ts'

const KINDS = [
  { spend: 3, visits: 2, level: 'north' },
  { spend: 1, visits: 9, level: 'south' },
  { spend: 6, visits: 5, level: 'west' },
]
const LEVELS = ['north', 'south', 'west']

/** Three kinds of customers, half of them of the first: money that is skewed, visits, and a region. */
function customers(rows = 160): Samples {
  const draw = random(3, 'customers')
  const data: number[] = []
  for (let i = 0; i < rows; i++) {
    const { spend, visits, level } = KINDS[[0, 1, 0, 2][i % 4]]
    const levels = LEVELS.map((one) => (one === level ? 1 : 0))
    data.push(Math.exp(spend + 0.3 * draw()), visits + draw(), ...levels)
  }
  const sources = [undefined, undefined, ...LEVELS.map((level) => ({ column: 'region', level }))]
  const features = ['spend', 'visits', ...LEVELS.map((level) => `region=${level}`)]
  return { features, rows, data: Float64Array.from(data), sources }
}

const QUICK: SegmentOptions = { lattice: { rows: 5, columns: 6 }, draws: 8 }

async function found(samples: Samples, options: SegmentOptions = QUICK): Promise<Segmentation> {
  return (await segment(samples, options)).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
}

async function refused(samples: Samples, options: SegmentOptions): Promise<string[]> {
  const result = await segment(samples, options)
  if (result.isOk) throw new Error('it was not refused')
  return result.error.map(({ path, message }) => `${path}: ${message}`)
}

const rowsOf = (columns: number, rows: readonly number[][]): Samples => ({
  features: Array.from({ length: columns }, (_, f) => `x${f}`),
  rows: rows.length,
  data: Float64Array.from(rows.flat()),
})

describe('segments', () => {
  test('that are there are found, and found again in every draw', async () => {
    const { segments, of } = await found(customers())
    expect(segments.map(({ rows }) => rows)).toEqual([80, 40, 40])
    expect(segments.every(({ stability }) => stability.mean > 0.99 && stability.lost === 0)).toBe(true)
    expect(Array.from(of, (group, i) => group === of[i % 4]).every(Boolean)).toBe(true)
  })

  test('are named and told by what sets them apart, in the units of the user', async () => {
    const { segments, som } = await found(customers())
    const [largest] = segments
    expect(largest.name).toMatch(/north|low visits/)
    expect(som.clusters?.names?.[largest.cluster]).toBe(largest.name)
    expect(largest.marks.map(traitText)).toContain('region north: 100 % against 50 % of all')
    expect(sizeText(largest)).toBe('80 rows (50 %), very stable (1.00)')
    expect(new Set(som.clusters?.names).size).toBe(3)
  })

  test('skewed money is bent, and said to be', async () => {
    const { bends } = await found(customers(400))
    expect(bends.map(({ feature, method }) => [feature, method])).toEqual([
      ['spend', 'log'],
      ['visits', 'z-score'],
    ])
    const asked = await found(customers(), { ...QUICK, preprocessing: { spend: 'robust' } })
    expect(asked.bends[0].method).toBe('robust')
  })

  test('of rows that were seen are those of the map that comes out', async () => {
    const samples = customers()
    const { som, of } = await found(samples)
    const matches = (await match(som, samples)).unwrapOrElse(() => {
      throw new Error('the rows could not be matched')
    })
    expect(Array.from(matches.unit, (unit) => som.clusters?.of[unit])).toEqual([...of])
  })

  test('are the same for the same seed', async () => {
    expect(await found(customers())).toEqual(await found(customers()))
  })

  test('say how many were tried and why so many there are', async () => {
    const { tried, segments } = await found(customers(), { ...QUICK, most: 5, draws: 0 })
    expect(tried.map(({ count }) => count)).toEqual([2, 3, 4, 5])
    expect(countText(segments.length, { tried, links: [] }, false)).toMatch(
      /^3: best average rank of 2-5 across three indices /,
    )
    expect(segments.every(({ stability }) => Number.isNaN(stability.mean))).toBe(true)
    expect(countText(2, { tried: [], links: [] }, true)).toBe('2, as requested')
  })

  test('of numbers alone are found by conductance, which says how strongly the two most alike are linked', async () => {
    const draw = random(4, 'blobs')
    const blobs = Array.from({ length: 240 }, (_, i) => [6 * (i % 3) + draw(), (i % 3 === 1 ? 6 : 0) + draw()])
    const { som, segments, of, ...rest } = await found(rowsOf(2, blobs), { draws: 4 })
    expect(som.clusters?.method).toBe('conductance')
    expect(Array.from(of, (group, i) => group === of[i % 3]).every(Boolean)).toBe(true)
    expect(segments.map(({ rows }) => rows)).toEqual([80, 80, 80])
    expect(segments.every(({ stability }) => stability.mean > 0.95)).toBe(true)
    expect(countText(segments.length, rest, false)).toMatch(
      /^3: the two most alike are linked by 0\.00, two of 4 by \d\.\d\d \(conductance; groups linked by 0\.36 or more are one\)$/,
    )
  })

  test('are one where rows are one cloud, and then no groups are worth having', async () => {
    const draw = random(8, 'cloud')
    const cloud = rowsOf(
      2,
      Array.from({ length: 200 }, () => [draw(), draw()]),
    )
    const { som, segments, of } = await found(cloud, {})
    expect([segments.length, new Set(of).size]).toEqual([1, 1])
    expect(noGroupsText(segments, som.clusters?.method)).toBe('no groups worth having: the rows are one group')
    expect(segments[0].stability.draws).toBe(0)
  })

  test('have typical rows near their mean and extreme ones far from it', async () => {
    const samples = rowsOf(1, [[0], [1], [2], [3], [4], [100], [101], [102], [103], [130]])
    const { segments } = await found(samples, { segments: 2, draws: 0, preprocessing: { x0: 'z-score' } })
    expect(segments.map(({ typical }) => typical[0])).toEqual([2, 8])
    expect(segments.map(({ extreme }) => extreme[0])).toEqual([0, 9])
  })

  test('leave out rows without any value and columns of one value', async () => {
    const { of, som } = await found(
      rowsOf(2, [
        [1, 5],
        [1.1, 5],
        [9, 5],
        [9.1, 5],
        [Number.NaN, Number.NaN],
      ]),
      { segments: 2, draws: 4 },
    )
    expect([...of]).toEqual([of[0], of[0], of[2], of[2], -1])
    expect(som.training.leftOut).toEqual([{ name: 'x1', reason: 'the same in every row' }])
  })
})

describe('what cannot be cut into segments', () => {
  test('is reported at once where the options are wrong', async () => {
    const wrong = { segments: 99, most: 1, draws: -1, weights: { spnd: 1 }, preprocessing: { region: 'odd' as 'log' } }
    expect(await refused(customers(8), wrong)).toEqual([
      'segments: expected an integer from 2 to 8, as many as there are rows, found 99',
      'most: expected an integer of at least 2, found 1',
      'draws: expected an integer from 0 to 1000, found -1',
      'preprocessing: region: expected one of z-score, min-max, robust, log, arcsinh, none',
      'weights: expected a column, found "spnd"; did you mean "spend"?',
    ])
  })

  test('more segments than units, of the map or with a row, are too many', async () => {
    const lattice = { rows: 1, columns: 3 }
    expect(await refused(customers(), { segments: 4, lattice })).toEqual([
      'segments: expected an integer from 2 to 3, as many as the map has units, found 4',
    ])
    const two = rowsOf(
      1,
      Array.from({ length: 40 }, (_, i) => [i % 2]),
    )
    expect(await refused(two, { segments: 3 })).toEqual([
      'segments: expected at most 2, the number of units with a row, found 3',
    ])
  })

  test('rows that are all the same, or only one, have no segments', async () => {
    const same = rowsOf(
      2,
      Array.from({ length: 9 }, () => [4, 5]),
    )
    expect(await refused(same, {})).toEqual([
      'samples: expected a feature that varies, found none: x0 is the same in every row; x1 is the same in every row',
    ])
    expect(await refused(rowsOf(1, [[1]]), {})).toEqual(['samples: expected at least 2 rows, found 1'])
  })

  test('rows of two kinds alone are two segments', async () => {
    const two = rowsOf(
      1,
      Array.from({ length: 40 }, (_, i) => [i % 2]),
    )
    const { segments, ...rest } = await found(two, { draws: 3 })
    expect(segments.map(({ rows }) => rows)).toEqual([20, 20])
    expect(countText(2, rest, false)).toBe('2: the rows fill 2 units')
  })

  test('a run that is interrupted has none', async () => {
    const signal = AbortSignal.abort()
    const result = await segment(customers(), QUICK, { signal })
    expect(result.isErr && result.error[0].message).toBe('training was interrupted')
  })
})
