import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { random, shuffled } from '../../../random.ts'
import { chooseRows, matrix } from '../../../rows/matrix.ts'
import { bySize } from '../clusters.ts'
import { hdbscan } from './hdbscan.ts'
import { coreDistances } from './reach.ts'

/** The numbers of `tools/python/make-hdbscan-fixtures.py`: what scikit-learn finds of repeated units. */
interface Expected {
  readonly columns: number
  readonly codebook: number[]
  readonly hits: number[]
  readonly least: number
  /** -1 for noise, -2 for a unit whose cluster depends on the order of rows in scikit-learn. */
  readonly labels: number[]
}
const fixture: { readonly cases: readonly Expected[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/hdbscan.json', import.meta.url), 'utf8'),
)
/** Units of a case in whose place scikit-learn has the order in which it joins equal distances. */
const MOST_TIED = 1

const pointsOf = ({ codebook, columns, hits }: Expected) => matrix(hits.length, columns, Float32Array.from(codebook))

describe.each(fixture.cases.map((expected, i) => ({ i, ...expected })))('scikit-learn agrees, case $i', (expected) => {
  const { hits, least, labels } = expected
  const points = pointsOf(expected)
  const { of } = hdbscan(points, hits, { least, samples: least })
  const decided = [...labels.keys()].filter((unit) => labels[unit] !== -2)

  test('on every unit whose cluster does not depend on the order of rows', () => {
    expect(decided.length).toBeGreaterThanOrEqual(0.96 * labels.length)
    const theirs = new Map<string, number>()
    for (const unit of decided) {
      const pair = `${of[unit]} ${labels[unit]}`
      theirs.set(pair, (theirs.get(pair) ?? 0) + 1)
    }
    // Each of our groups is one of theirs, save for a unit where several distances are equal.
    const apart = [...theirs].sort((a, b) => b[1] - a[1]).slice(new Set(labels.filter((label) => label > -2)).size)
    expect(apart.reduce((sum, [, units]) => sum + units, 0)).toBeLessThanOrEqual(MOST_TIED)
  })

  test('and the order of units decides nothing', () => {
    const order = shuffled(random(1, 'order'), hits.length)
    const weights = order.map((unit) => hits[unit])
    const again = hdbscan(chooseRows(points, order), weights, { least, samples: least })
    const back = new Int32Array(hits.length)
    order.forEach((unit, at) => {
      back[unit] = again.of[at]
    })
    expect([...bySize(back)]).toEqual([...bySize(of)])
  })
})

it('core distances are those of sorting', () => {
  const [{ hits }] = fixture.cases
  const points = pointsOf(fixture.cases[0])
  const core = coreDistances(points, hits, 17)
  core.forEach((squared, unit) => {
    const far = hits.map((weight, other): [number, number] => {
      let sum = 0
      for (let f = 0; f < points.columns; f++)
        sum += (points.data[unit * points.columns + f] - points.data[other * points.columns + f]) ** 2
      return [sum, weight]
    })
    let weight = 0
    const reached = far
      .sort((a, b) => a[0] - b[0])
      .find((one) => {
        weight += one[1]
        return weight >= 17
      })
    expect(squared).toBe(reached?.[0])
  })
})

it('levels say how many groups there are, and the user can choose one', () => {
  const [expected] = fixture.cases.slice(1)
  const [points, { hits, least }] = [pointsOf(expected), expected]
  const { levels } = hdbscan(points, hits, { least, samples: least })
  expect(levels.map(({ count }) => count)).toContain(4)
  for (const { count, from, to } of levels) {
    expect(from).toBeLessThan(to)
    const found = hdbscan(points, hits, { least, samples: least, count })
    expect(new Set(found.of.filter((group) => group >= 0)).size).toBe(count)
  }
})

it('of one point, of two and of equal ones there are no groups', () => {
  for (const count of [1, 2, 40]) {
    const points = matrix(count, 2, new Float32Array(2 * count).fill(3))
    const weights = new Float64Array(count).fill(2)
    expect(new Set(hdbscan(points, weights, { least: 5, samples: 5 }).of)).toEqual(new Set([-1]))
  }
})

it('two heaps of equal points are two groups', () => {
  const points = matrix(
    40,
    1,
    Float32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 7)),
  )
  const { of } = hdbscan(points, new Float64Array(40).fill(1), { least: 5, samples: 5 })
  expect([...of]).toEqual(Array.from({ length: 40 }, (_, i) => (i < 20 ? of[0] : of[20])))
  expect(of[0]).not.toBe(of[20])
  expect(of[0]).toBeGreaterThanOrEqual(0)
})
