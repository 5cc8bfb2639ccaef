import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { random, shuffled } from '../../../random.ts'
import { chooseRows, type Matrix, matrix } from '../../../rows/matrix.ts'
import { bySize } from '../clusters.ts'
import { squaredDistanceOfRows } from '../points.ts'
import { ballTree } from './ball-tree.ts'
import { coreDistances } from './core-distances.ts'
import { hdbscan } from './hdbscan.ts'
import { reachabilityTree } from './reachability-tree.ts'

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

/** All squared distances from a point, with their weights, by definition. */
const squaresFrom = (points: Matrix, weights: ArrayLike<number>, one: number): [number, number][] =>
  Array.from({ length: points.rows }, (_, other) => [squaredDistanceOfRows(points, one, points, other), weights[other]])

/** Points of the fixtures, points on a grid with many equal distances, and heaps of equal points. */
const clouds: [string, Matrix, readonly number[]][] = [
  ...fixture.cases.map((one, i): [string, Matrix, readonly number[]] => [`fixture ${i}`, pointsOf(one), one.hits]),
  [
    'a grid',
    matrix(
      225,
      2,
      Float32Array.from({ length: 450 }, (_, i) => (i % 2 ? i >> 1 : (i >> 1) * 7) % 15),
    ),
    [],
  ],
  [
    'heaps',
    matrix(
      120,
      3,
      Float32Array.from({ length: 360 }, (_, i) => Math.floor(i / 3) % 4),
    ),
    [],
  ],
  [
    'one column',
    matrix(
      60,
      1,
      Float32Array.from({ length: 60 }, (_, i) => (i * i) % 61),
    ),
    [],
  ],
]

describe.each(clouds)('of %s', (_, points, given) => {
  const weights = Float64Array.from({ length: points.rows }, (_, i) => given[i] ?? 1 + (i % 3))
  const tree = ballTree(points)
  const core = coreDistances(
    tree,
    tree.order.reduce((all, point, place) => all.fill(weights[point], place, place + 1), new Float64Array(points.rows)),
    17,
  )

  it('core distances are those of sorting', () => {
    core.forEach((squared, place) => {
      let weight = 0
      const reached = squaresFrom(points, weights, tree.order[place])
        .sort((a, b) => a[0] - b[0])
        .find((one) => {
          weight += one[1]
          return weight >= 17
        })
      expect(squared).toBe(reached?.[0])
    })
  })

  it('the tree of least reachability has the lengths that looking at all pairs gives', () => {
    const { rows } = points
    const best = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
    const open = new Set(Array.from({ length: rows }, (_, place) => place))
    const lengths: number[] = []
    for (let last = 0; open.delete(last) && open.size > 0; ) {
      const squares = squaresFrom(points, weights, tree.order[last])
      for (const place of open)
        best[place] = Math.min(best[place], Math.max(core[last], core[place], squares[tree.order[place]][0]))
      last = [...open].reduce((least, place) => (best[place] < best[least] ? place : least))
      lengths.push(best[last])
    }
    const found = reachabilityTree(tree, core).map(({ squared }) => squared)
    expect(found.sort((a, b) => a - b)).toEqual(lengths.sort((a, b) => a - b))
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
