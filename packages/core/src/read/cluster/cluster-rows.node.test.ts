import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { random, shuffled } from '../../random.ts'
import { type Samples, samplesOf } from '../../rows/samples.ts'
import type { Som } from '../../som.ts'
import { train } from '../../train/train.ts'
import { match } from '../match.ts'
import { clusterRows } from './cluster-rows.ts'
import { type Clustering, type ClusterOptions, clusterUnits, LEAST_LINK } from './cluster-units.ts'

/** The rows of a shape, and the group of each: -1 for those in none. */
interface Shape {
  readonly rows: number[][]
  readonly groups: number[]
}

/** One of the Fundamental Clustering Problems (A. Ultsch, 2005), whose last column is the group. */
function fixture(name: string): Shape {
  const text = readFileSync(new URL(`../../../fixtures/clusters/${name}.csv`, import.meta.url), 'utf8')
  const cells = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  return { rows: cells.map((row) => row.slice(0, -1)), groups: cells.map((row) => row[row.length - 1]) }
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const mapOf = async (samples: Samples): Promise<Som> => (await train({ samples, seed: 1 })).unwrapOrElse(fail)

async function clustered(
  { rows }: Pick<Shape, 'rows'>,
  options: ClusterOptions = {},
): Promise<Clustering & { of: number[] }> {
  const samples = samplesOf(rows)
  const som = await mapOf(samples)
  const found = (await clusterRows(som, samples, options)).unwrapOrElse(fail)
  const { unit } = (await match(som, samples)).unwrapOrElse(fail)
  return { ...found, of: Array.from(unit, (unit) => found.clusters.of[unit]) }
}

/** L. Hubert, P. Arabie, Comparing partitions, 1985; over the rows that are in a group. */
function adjustedRand(groups: readonly number[], found: readonly number[]): number {
  const pairsOf = (keys: readonly string[]): number => {
    const sizes = new Map<string, number>()
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  }
  const known = [...groups.keys()].filter((row) => groups[row] >= 0)
  const [both, one, other] = [
    pairsOf(known.map((row) => `${groups[row]} ${found[row]}`)),
    pairsOf(known.map((row) => `${groups[row]}`)),
    pairsOf(known.map((row) => `${found[row]}`)),
  ]
  const chance = (one * other) / ((known.length * (known.length - 1)) / 2)
  return (both - chance) / ((one + other) / 2 - chance)
}

describe.each([
  ['TwoDiamonds', 2],
  ['Tetra', 4],
  ['Lsun', 3],
  ['Atom', 2],
])('%s', (name, count) => {
  it.each([1, 2])(
    `is found to have ${count} groups, seed %i`,
    async (seed) => {
      const shape = fixture(name)
      const { clusters, links, of } = await clustered(shape, { seed })
      expect([clusters.method, clusters.count]).toEqual(['conductance', count])
      expect(adjustedRand(shape.groups, of)).toBeGreaterThanOrEqual(0.99)
      expect(links.find((one) => one.count === count)?.link ?? 0).toBeLessThan(LEAST_LINK)
      expect(links.find((one) => one.count === count + 1)?.link).toBeGreaterThanOrEqual(LEAST_LINK)
    },
    60_000,
  )
})

describe('groups of any shape', () => {
  const draw = random(5, 'shapes')
  const angle = (): number => 2 * Math.PI * draw()
  const near = (): number => 0.2 * (draw() - 0.5)

  test('two rings, one through the other, are two', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => {
      const at = angle()
      const ring = [Math.cos(at) + (i % 2), Math.sin(at)]
      return (i % 2 === 0 ? [...ring, 0] : [ring[0], 0, ring[1]]).map((x) => x + near())
    })
    const { clusters, of } = await clustered({ rows })
    expect(clusters.count).toBe(2)
    expect(
      adjustedRand(
        rows.map((_, i) => i % 2),
        of,
      ),
    ).toBe(1)
  }, 60_000)

  test('a disc and the ring around it are two', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => {
      const [at, radius] = [angle(), i % 2 === 0 ? 0.8 * Math.sqrt(draw()) : 2.6 + near()]
      return [radius * Math.cos(at), radius * Math.sin(at)]
    })
    const { clusters, of } = await clustered({ rows })
    expect(clusters.count).toBe(2)
    expect(
      adjustedRand(
        rows.map((_, i) => i % 2),
        of,
      ),
    ).toBe(1)
  }, 60_000)
})

describe('more of the Fundamental Clustering Problems, drawn after their recipes', () => {
  const draw = random(8, 'recipes')
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const turned = ([x, y]: readonly number[]): number[] => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y]
  /** The groups, and the values of row i, whose group is i modulo their number. */
  const recipes: [string, number, number, (i: number) => number[]][] = [
    // Seven balls around the origin and on the axes; the middle one is denser.
    [
      'Hepta',
      7,
      212,
      (i) => {
        const [group, axis] = [i % 7, Math.floor((i % 7) / 2)]
        const centre = [0, 1, 2].map((f) => (group < 6 && f === axis ? (group % 2 === 0 ? 3 : -3) : 0))
        return centre.map((x) => x + (group === 6 ? 0.25 : 0.5) * gaussian())
      },
    ],
    // Two slanted blocks, each denser to one end, that face each other; turned.
    [
      'WingNut',
      2,
      1016,
      (i) => {
        const [x, y] = [2 * draw() ** 0.6, draw()]
        return turned(i % 2 === 0 ? [x + y, y + 0.15] : [1 - x + y, y - 1.15])
      },
    ],
    // Not a problem of theirs: two half-circles that reach into each other, in unequal scales.
    [
      'moons',
      2,
      400,
      (i) => {
        const at = Math.PI * draw()
        const [x, y] = i % 2 === 0 ? [Math.cos(at), Math.sin(at)] : [1 - Math.cos(at), 0.5 - Math.sin(at)]
        return [1000 * (x + 0.05 * gaussian()), y + 0.05 * gaussian()]
      },
    ],
  ]
  test.each(recipes)(
    '%s is found to have %i groups, and so are nine tenths of it',
    async (_, count, rows, of) => {
      const all = Array.from({ length: rows }, (_, i) => of(i))
      for (const left of [-1, 3, 7]) {
        const kept = [...all.keys()].filter((i) => i % 10 !== left)
        const found = await clustered({ rows: kept.map((i) => all[i]) }, { seed: left + 2 })
        expect(found.clusters.count).toBe(count)
        expect(
          adjustedRand(
            kept.map((i) => i % count),
            found.of,
          ),
        ).toBeGreaterThanOrEqual(0.99)
      }
    },
    60_000,
  )

  test('two Gaussians that overlap, one denser, are two', async () => {
    // EngyTime: no line parts them.
    const rows = Array.from({ length: 1500 }, (_, i) =>
      i % 2 === 0 ? [0.7 * gaussian(), 0.7 * gaussian()] : [3 + gaussian(), 3 + gaussian()],
    )
    const { clusters, of } = await clustered({ rows })
    expect(clusters.count).toBe(2)
    expect(
      adjustedRand(
        rows.map((_, i) => i % 2),
        of,
      ),
    ).toBeGreaterThan(0.9)
  }, 60_000)
})

describe('rows without groups are one', () => {
  const draw = random(6, 'clouds')
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  const student = (): number => gaussian() / Math.sqrt((gaussian() ** 2 + gaussian() ** 2 + gaussian() ** 2) / 3)
  const clouds: [string, number, () => number][] = [
    ['uniform', 2, draw],
    ['uniform', 10, draw],
    ['Gaussian', 2, gaussian],
    ['Gaussian', 10, gaussian],
    ['Gaussian', 50, gaussian],
    ['Student’s t', 3, student],
    ['lognormal', 3, () => Math.exp(gaussian())],
    ['whole numbers from 1 to 5', 3, () => 1 + Math.floor(5 * draw())],
  ]
  test.each(clouds)(
    '%s, %i columns',
    async (_, columns, one) => {
      const rows = Array.from({ length: 300 }, () => Array.from({ length: columns }, one))
      const { clusters } = await clustered({ rows })
      expect(clusters.count).toBe(1)
      expect(new Set(clusters.of)).toEqual(new Set([0]))
    },
    60_000,
  )

  test('so are rows on a sphere', async () => {
    const rows = Array.from({ length: 800 }, () => {
      const at = [gaussian(), gaussian(), gaussian()]
      return at.map((x) => x / Math.hypot(...at))
    })
    expect((await clustered({ rows })).clusters.count).toBe(1)
  }, 60_000)
})

describe('on one map', () => {
  const shape = fixture('Tetra')
  const samples = samplesOf(shape.rows)
  let som: Som
  beforeAll(async () => {
    som = await mapOf(samples)
  })
  const quick = { checks: 1 }
  const found = async (rows: Samples, options: ClusterOptions = quick): Promise<Clustering> =>
    (await clusterRows(som, rows, options)).unwrapOrElse(fail)

  test('the order of rows makes no difference, to the bit', async () => {
    const order = shuffled(random(9, 'order'), samples.rows)
    const other = samplesOf(Array.from(order, (row) => shape.rows[row]))
    expect(await found(other)).toEqual(await found(samples))
  })

  test('a number that is given is kept, and more groups than there are parts are refused', async () => {
    expect((await found(samples, { ...quick, method: 'conductance', count: 3 })).clusters.count).toBe(3)
    const refused = await clusterRows(som, samples, { ...quick, method: 'conductance', count: 100 })
    expect(refused.isErr && refused.error[0].path).toBe('count')
    expect(refused.isErr && refused.error[0].message).toMatch(/^expected at most \d+, the parts that conductance finds/)
  })

  test('with a number and no method units are grouped by Ward, as without rows', async () => {
    expect(await found(samples, { count: 4 })).toEqual(clusterUnits(som, { count: 4 }).unwrapOrElse(fail))
  })

  test('the largest number is not exceeded', async () => {
    expect((await found(samples, { ...quick, most: 2 })).clusters.count).toBe(2)
  })

  test('rows without any value take no part', async () => {
    const empty = samplesOf([...shape.rows, [Number.NaN, Number.NaN, Number.NaN]])
    expect(await found(empty)).toEqual(await found(samples))
    const none = samplesOf([[Number.NaN, Number.NaN, Number.NaN]])
    expect((await found(none)).clusters.count).toBe(1)
  })

  test('rows with missing values have groups too', async () => {
    const holes = samplesOf(shape.rows.map((row, i) => row.map((x, f) => (i % 20 === f ? Number.NaN : x))))
    expect((await found(holes)).clusters.count).toBe(4)
  })

  test('a map alone has no rows to look at', () => {
    const refused = clusterUnits(som, { method: 'conductance' })
    expect(refused.isErr && refused.error).toEqual([
      {
        path: 'method',
        message:
          'conductance: looks at rows, and a map alone has none; give rows too, or choose one of ward, contiguous-ward, k-means, consensus, gmm, hdbscan, watershed, u-star',
      },
    ])
  })

  test('wrong options are reported at once', async () => {
    const wrong = { method: 'conductance', most: 1, checks: -1, sed: 3 } as ClusterOptions
    const refused = await clusterRows(som, samples, wrong)
    expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['sed', 'most', 'checks'])
  })
})
