import { expect, it } from 'vitest'
import { random, shuffled } from '../../random.ts'
import { samplesOf } from '../../rows/samples.ts'
import type { Som } from '../../som.ts'
import { train } from '../../train/train.ts'
import { match } from '../match.ts'
import { clusterRows } from './cluster-rows.ts'
import { type ClusterOptions, clusterUnits } from './cluster-units.ts'
import { clustersOfRows } from './clusters.ts'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const source = random(3, 'noise')
const bell = (): number => Array.from({ length: 12 }, source).reduce((sum, x) => sum + x, -6)
/** Three groups in five columns, then rows far from all of them. */
const clean = Array.from({ length: 600 }, (_, i) =>
  Array.from({ length: 5 }, (_, f) => bell() + (i % 3 === f ? 14 : 0)),
)
const far = Array.from({ length: 30 }, () =>
  Array.from({ length: 5 }, () => (source() < 0.5 ? -1 : 1) * (20 + 20 * source())),
)

async function placesOf(som: Som, rows: number[][], options: ClusterOptions) {
  const samples = samplesOf(rows)
  const { clusters } = (await clusterRows(som, samples, options)).unwrapOrElse(fail)
  return { clusters, places: clustersOfRows(clusters, (await match(som, samples)).unwrapOrElse(fail)) }
}
const share = (places: Int32Array, from: number, to: number): number =>
  places.subarray(from, to).filter((place) => place < 0).length / (to - from)

it('far rows are left out, and hardly any others', async () => {
  const rows = [...clean, ...far]
  const som = (await train({ samples: samplesOf(rows), seed: 1 })).unwrapOrElse(fail)
  const { clusters, places } = await placesOf(som, rows, { checks: 2, noise: true })
  expect(clusters.count).toBe(3)
  expect(share(places, 600, 630)).toBeGreaterThanOrEqual(0.9)
  expect(share(places, 0, 600)).toBeLessThanOrEqual(0.02)
  const { clusters: whole } = await placesOf(som, rows, { checks: 2 })
  expect([whole.reach, whole.of.includes(-1)]).toEqual([undefined, false])
})

it('does not depend on the order of rows', async () => {
  const rows = [...clean, ...far]
  const samples = samplesOf(rows)
  const som = (await train({ samples, seed: 1 })).unwrapOrElse(fail)
  const order = shuffled(random(1, 'order'), rows.length)
  const other = samplesOf(Array.from(order, (row) => rows[row]))
  const options = { method: 'ward', count: 3, noise: true } as const
  const found = (await clusterRows(som, samples, options)).unwrapOrElse(fail)
  expect((await clusterRows(som, other, options)).unwrapOrElse(fail)).toEqual(found)
})

it('rows that are all equal, two rows and one unit leave no row out', async () => {
  const cases = [Array.from({ length: 20 }, () => [1, 2]), [[0, 0], [1, 1]]] // biome-ignore format: a table
  for (const rows of cases) {
    const lattice = { rows: 1, columns: rows.length === 2 ? 1 : 4 }
    const trained = await train({ samples: samplesOf([...rows, [5, 5]]), lattice, epochs: 2 })
    const som = trained.unwrapOrElse(fail)
    const { places } = await placesOf(som, rows, { method: 'ward', noise: true })
    expect(share(places, 0, rows.length)).toBe(0)
  }
})

it('rows without any value are in no cluster, and leave the clusters as they are', async () => {
  const som = (await train({ samples: samplesOf(clean), lattice: { rows: 4, columns: 4 }, epochs: 2 })).unwrapOrElse(
    fail,
  )
  const empty = Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => Number.NaN))
  const { clusters, places } = await placesOf(som, empty, { method: 'ward', count: 2, noise: true })
  expect([clusters.count, clusters.of.includes(-1)]).toEqual([2, false])
  expect([...places]).toEqual([-1, -1, -1])
})

it('needs rows, and is true or false', async () => {
  const som = (await train({ samples: samplesOf(clean), lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(
    fail,
  )
  const alone = clusterUnits(som, { checks: 2, noise: true })
  expect(alone.isErr && alone.error).toEqual([
    { path: 'noise', message: 'looks at rows, and a map alone has none; give rows too' },
  ])
  const wrong = await clusterRows(som, samplesOf(clean), { noise: 'yes' as never, method: 'ward' })
  expect(wrong.isErr && wrong.error).toEqual([{ path: 'noise', message: 'expected true or false, found "yes"' }])
})
