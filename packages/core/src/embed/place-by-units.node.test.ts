import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { js } from '../backend/js/js.ts'
import { matrix } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { placeByUnits, placeByUnitsIn } from './place-by-units.ts'

/** The numbers of `tools/python/make-embedsom-fixture.py`, of EmbedSOM's arithmetic without SIMD and threads. */
interface Expected {
  readonly side: number
  readonly columns: number
  readonly neighbours: number
  readonly smooth: number
  readonly adjust: number
  readonly codebook: readonly number[]
  readonly points: readonly number[]
  readonly places: readonly number[]
}
const fixture: { readonly cases: readonly Expected[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/embedsom.json', import.meta.url), 'utf8'),
)
/** EmbedSOM computes in 32 bits, in units of the lattice. */
const NEAR = 1e-4

describe.each(fixture.cases)("EmbedSOM's arithmetic agrees, $side x $side units in $columns columns", (expected) => {
  it('on the place of every row', async () => {
    const { side, columns, codebook, points, places, ...options } = expected
    const lattice = { cell: 'rectangular', shape: 'sheet', rows: side, columns: side } as const
    const units = matrix(side * side, columns, Float32Array.from(codebook))
    const rows = { matrix: matrix(points.length / columns, columns, Float32Array.from(points)) }
    const session = await js().open({ lattice, metric: 'euclidean', kernel: 'gaussian' }, rows, units)
    const { place } = await placeByUnitsIn(session, { lattice, codebook: units }, rows, options)
    session.close()
    place.forEach((at, i) => {
      expect(Math.abs(at - places[i]) / Math.max(1, Math.abs(places[i]))).toBeLessThan(NEAR)
    })
  })
})

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

describe('on a map', () => {
  const rows = Array.from({ length: 80 }, (_, i) => [Math.sin(i), Math.cos(2 * i), i % 5])
  const map = train({ samples: samplesOf(rows), seed: 1, lattice: { rows: 5, columns: 6 } })

  test('each row is placed independently of the others, missing values and all', async () => {
    const som = (await map).unwrapOrElse(fail)
    const some = [...rows.slice(0, 5), [0.3, Number.NaN, 2], [Number.NaN, Number.NaN, Number.NaN]]
    const all = (await placeByUnits(som, samplesOf(some))).unwrapOrElse(fail)
    for (const [i, row] of some.entries()) {
      const one = (await placeByUnits(som, samplesOf([row]))).unwrapOrElse(fail)
      expect([...one.place]).toEqual([...all.place.subarray(2 * i, 2 * i + 2)])
    }
    expect([...all.place.subarray(0, 12)].every(Number.isFinite)).toBe(true)
    expect([all.place[12], all.unit[6]]).toEqual([Number.NaN, -1])
  })

  test('of one unit, and of equal units, every row has a place', async () => {
    const som = (await map).unwrapOrElse(fail)
    const equal = { ...som, codebook: matrix(30, 3, new Float32Array(90)) }
    const { place } = (await placeByUnits(equal, samplesOf(rows))).unwrapOrElse(fail)
    expect(place.every(Number.isFinite)).toBe(true)
    const single = (await train({ samples: samplesOf(rows), lattice: { rows: 1, columns: 1 } })).unwrapOrElse(fail)
    expect((await placeByUnits(single, samplesOf(rows))).unwrapOrElse(fail).place.every(Number.isFinite)).toBe(true)
  })

  test('what cannot be is an issue', async () => {
    const som = (await map).unwrapOrElse(fail)
    const refused = await placeByUnits({ ...som, metric: 'manhattan' }, samplesOf(rows), { neighbours: 2, smooth: -40 })
    expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['neighbours', 'smooth', 'som'])
  })
})
