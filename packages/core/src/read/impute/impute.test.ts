import { expect, it } from 'vitest'
import { orThrow } from '../../or-throw.ts'
import { random } from '../../random.ts'
import { samplesOf } from '../../rows/samples.ts'
import type { Som } from '../../som.ts'
import { train } from '../../train/train.ts'
import { impute } from './impute.ts'

const N = Number.NaN

/** Rows along a curve through three features, with some noise. */
const curve = Array.from({ length: 200 }, (_, i) => {
  const t = (i % 50) / 10
  const noise = random(1, 'noise', i)
  return [t, 100 * t * t, Math.sin(t)].map((x) => x * (1 + 0.02 * (noise() - 0.5)))
})
const names = ['t', 'square', 'sine']
const map = async (more = {}): Promise<Som> =>
  orThrow(await train({ samples: samplesOf(curve, names), lattice: { rows: 2, columns: 20 }, epochs: 10, ...more }))

it('missing values are filled in from what rows like theirs have; all others stay', async () => {
  const samples = samplesOf([[2, N, N], [N, 900, N], [N, N, N]], names) // biome-ignore format: a table
  const { samples: whole, filled, unit } = orThrow(await impute(await map(), samples))
  const [[t0, square0, sine0], [t1, square1, sine1], last] = [0, 3, 6].map((at) => [...whole.data.slice(at, at + 3)])
  expect([t0, square1]).toEqual([2, 900])
  expect(Math.abs(square0 - 400)).toBeLessThan(80)
  expect(Math.abs(sine0 - Math.sin(2))).toBeLessThan(0.3)
  expect(Math.abs(t1 - 3)).toBeLessThan(0.3)
  expect(Math.abs(sine1 - Math.sin(3))).toBeLessThan(0.3)
  expect(last).toEqual([N, N, N])
  expect([...filled]).toEqual([0, 1, 1, 1, 0, 1, 0, 0, 0])
  expect(unit[2]).toBe(-1)
})

it('columns that are not features stay, and features are found by name', async () => {
  const samples = samplesOf([[7, 400, N, 0.9]], ['other', 'square', 't', 'sine'])
  const { samples: whole, filled } = orThrow(await impute(await map(), samples))
  expect([whole.data[0], whole.data[1], whole.data[3]]).toEqual([7, 400, 0.9])
  expect(Math.abs(whole.data[2] - 2)).toBeLessThan(0.3)
  expect([...filled]).toEqual([0, 0, 1, 0])
})

it('comes nearer to the truth than the best-matching unit, on rows between the units of a small map', async () => {
  const som = await map({ lattice: { rows: 1, columns: 8 } })
  const holes = curve.map(([t, , sine]) => [t, N, sine])
  const { samples, unit } = orThrow(await impute(som, samplesOf(holes, names)))
  const { preprocessing } = som.features[1]
  const error = (of: (i: number) => number): number => curve.reduce((sum, row, i) => sum + (of(i) - row[1]) ** 2, 0)
  const byUnit = (i: number): number =>
    (som.codebook.data[unit[i] * 3 + 1] / preprocessing.factor) * preprocessing.scale + preprocessing.centre
  expect(error((i) => samples.data[3 * i + 1])).toBeLessThan(0.75 * error(byUnit))
})

it('draws of one number are the same each time, and their mean is near the expected value', async () => {
  const [som, row] = [await map(), samplesOf([[2, N, 0.9]], names)]
  const draw = async (number: number, seed = 0): Promise<number> =>
    orThrow(await impute(som, row, { draw: number, seed })).samples.data[1]
  expect(await draw(1)).toBe(await draw(1))
  expect(await draw(1)).not.toBe(await draw(2))
  expect(await draw(1)).not.toBe(await draw(1, 5))
  const draws = await Promise.all(Array.from({ length: 60 }, (_, d) => draw(d + 1)))
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
  expect(Math.abs(mean - (await draw(0)))).toBeLessThan(30)
})

it('without a euclidean metric a draw is a prototype of one of the nearest units', async () => {
  const som = await map({ metric: 'manhattan', preprocessing: 'none' })
  const { samples } = orThrow(await impute(som, samplesOf([[2, N, 0.9]], names), { draw: 1 }))
  const squares = Array.from({ length: 40 }, (_, u) => som.codebook.data[3 * u + 1])
  expect(squares).toContain(samples.data[1])
})

it('the most likely level of a missing category gets 1 and the others 0', async () => {
  const som = await map()
  const level = (f: number, name: string) => ({ ...som.features[f], source: { column: 'kind', level: name } })
  const features = [som.features[0], level(1, 'a'), level(2, 'b')]
  const { samples } = orThrow(await impute({ ...som, features }, samplesOf([[4.5, N, N]], names)))
  expect([...samples.data]).toEqual([4.5, 1, 0])
})

it('refuses sparse rows, misspelt options and rows without a feature', async () => {
  const som = await map()
  const sparse = { rows: 1, columns: 3, offsets: Uint32Array.of(0, 0), indices: new Uint32Array(), values: new Float32Array() } // biome-ignore format: one line
  const of = async (...given: unknown[]): Promise<string[]> => {
    // Whatever a program may pass.
    const found = await impute(...(given as Parameters<typeof impute>))
    return found.isErr ? found.error.map(({ path, message }) => `${path}: ${message}`) : []
  }
  expect(await of(som, sparse)).toEqual(['samples: expected dense rows: what sparse rows lack is 0, not missing'])
  expect(await of(som, curve, { drwa: 1 })).toEqual([expect.stringContaining('drwa')])
  expect(await of(som, curve, { draw: -1 })).toEqual([
    expect.stringContaining('draw: expected an integer of at least 0'),
  ])
  expect(await of(som, samplesOf([[1, 2]], ['t', 'sine']))).toEqual([expect.stringContaining('square: ')])
})
