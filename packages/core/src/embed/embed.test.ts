import { describe, expect, it } from 'vitest'
import { js } from '../backend/js/js.ts'
import { random } from '../random.ts'
import { matrix, rowsOf, toSparse } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { partialFit } from '../train/stream.ts'
import { train } from '../train/train.ts'
import { embed } from './embed.ts'
import { fitEmbedding } from './fit-embedding.ts'
import type { EmbeddingOptions } from './fit-options.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

/** Rows of four groups of eight features, one group after the other. */
function groups(count: number): Float32Array {
  const draw = random(1, 'groups')
  return Float32Array.from({ length: count * 8 }, (_, at) => {
    const group = Math.floor((Math.floor(at / 8) * 4) / count)
    return (at % 4 === group ? 5 : 0) + draw() + draw()
  })
}
const samples = matrix(240, 8, groups(240))
const trained = (await train({ samples, lattice: { rows: 6, columns: 5 }, epochs: 5 })).unwrapOrElse(fail)
const som = (await fitEmbedding(trained, samples, { landmarks: 80 })).unwrapOrElse(fail)
const { place } = (await embed(som, samples)).unwrapOrElse(fail)

describe('places of rows', () => {
  it('keep groups apart: the five nearest places of each row are those of its own group', () => {
    for (let i = 0; i < 240; i++) {
      const distances = Array.from({ length: 240 }, (_, j) =>
        Math.hypot(place[2 * i] - place[2 * j], place[2 * i + 1] - place[2 * j + 1]),
      )
      const near = Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b])
      for (const j of near.slice(0, 6)) expect(Math.floor(j / 60)).toBe(Math.floor(i / 60))
    }
  })

  it('are the same whichever rows are placed along', async () => {
    for (const [from, to] of [
      [0, 1],
      [17, 101],
      [239, 240],
    ]) {
      const part = (await embed(som, rowsOf(samples, from, to))).unwrapOrElse(fail)
      expect(part.place).toEqual(place.slice(2 * from, 2 * to))
    }
  })

  it('are the same every time', async () => {
    const again = (await fitEmbedding(trained, samples, { landmarks: 80 }, { backend: js() })).unwrapOrElse(fail)
    expect(again).toEqual(som)
  })

  it('are found of sparse rows', async () => {
    const map = (await train({ samples, preprocessing: 'none', epochs: 5 })).unwrapOrElse(fail)
    const sparse = (await fitEmbedding(map, toSparse(samples), { landmarks: 80 })).unwrapOrElse(fail)
    const found = (await embed(sparse, toSparse(samples))).unwrapOrElse(fail)
    expect(sparse.embedding?.landmarks.rows).toBe(80)
    expect(found.place.every(Number.isFinite)).toBe(true)
  })

  it('are among the landmarks even for a row far outside', async () => {
    const found = (await embed(som, matrix(1, 8, Float32Array.of(500, 0, 0, 0, 500, 0, 0, 0)))).unwrapOrElse(fail)
    const [x, y] = found.place
    const near = Array.from({ length: 80 }, (_, k) => Array.from(som.embedding?.places.slice(2 * k, 2 * k + 2) ?? []))
    expect(Math.min(...near.map(([ux, uy]) => Math.hypot(x - ux, y - uy)))).toBeLessThan(5)
  })

  it('are missing for a row without any value, and there for one with some', async () => {
    const nothing = Float32Array.from({ length: 16 }, (_, at) => (at === 12 ? 5 : Number.NaN))
    const found = (await embed(som, matrix(2, 8, nothing))).unwrapOrElse(fail)
    expect(Array.from(found.place.slice(0, 2))).toEqual([Number.NaN, Number.NaN])
    expect(found.landmark[0]).toBe(-1)
    expect(found.place[2]).not.toBeNaN()
  })

  it('stay where they were when the map learns more', async () => {
    const moved = (await partialFit(som, samples)).unwrapOrElse(fail)
    expect((await embed(moved, samples)).unwrapOrElse(fail).place).toEqual(place)
  })
})

describe('landmarks', () => {
  it('are as many as requested, and no more than rows with different values', async () => {
    expect(som.embedding?.landmarks.rows).toBe(80)
    const two = matrix(
      40,
      8,
      Float32Array.from({ length: 320 }, (_, at) => (at < 160 ? 1 : 2)),
    )
    const fitted = (await fitEmbedding(trained, two)).unwrapOrElse(fail)
    expect(fitted.embedding?.landmarks.rows).toBe(2)
  })

  it('are fewer than the units where fewer are requested', async () => {
    const few = (await fitEmbedding(trained, samples, { landmarks: 7 })).unwrapOrElse(fail)
    expect(few.embedding?.landmarks.rows).toBe(7)
  })

  it('count rows by their weights', async () => {
    const weights = Float32Array.from({ length: 240 }, (_, i) => (i < 60 ? 0 : 1))
    const rows = { ...samplesOf(samples), weights }
    const fitted = (await fitEmbedding(trained, rows, { landmarks: 80 })).unwrapOrElse(fail)
    const data = rowsOf(samples, 60, 240)
    const without = (await fitEmbedding(trained, data, { landmarks: 80 })).unwrapOrElse(fail)
    expect(fitted.embedding?.places).toEqual(without.embedding?.places)
  })
})

describe('small maps and few rows', () => {
  const placesOf = async (map: Som, rows: Float32Array): Promise<number[]> => {
    const given = matrix(rows.length / 8, 8, rows)
    const fitted = (await fitEmbedding(map, given)).unwrapOrElse(fail)
    return Array.from((await embed(fitted, given)).unwrapOrElse(fail).place)
  }

  it('equal rows are at one place, that of one row', async () => {
    const [x, y] = await placesOf(trained, samples.data.slice(0, 8))
    expect(Number.isFinite(x + y)).toBe(true)
    const all = await placesOf(
      trained,
      Float32Array.from({ length: 80 }, (_, at) => samples.data[at % 8]),
    )
    expect(all).toEqual(new Array(10).fill([x, y]).flat())
  })

  it('two rows are apart', async () => {
    const [ax, ay, bx, by] = await placesOf(trained, samples.data.slice(232, 248))
    expect(Math.hypot(ax - bx, ay - by)).toBeGreaterThan(0.1)
  })

  it('a map of one unit places rows', async () => {
    const one = (await train({ samples, lattice: { rows: 1, columns: 1 }, epochs: 2 })).unwrapOrElse(fail)
    expect((await placesOf(one, samples.data)).every(Number.isFinite)).toBe(true)
  })
})

describe('without rows', () => {
  it('units are laid out by their prototypes, or as on the lattice', async () => {
    const units = (await fitEmbedding(trained, null)).unwrapOrElse(fail)
    expect([units.embedding?.layout, units.embedding?.rows, units.embedding?.landmarks]).toEqual(['units', 0, trained.codebook]) // biome-ignore format: one line
    const drawn = (await fitEmbedding(trained, null, { layout: 'sammon' })).unwrapOrElse(fail)
    expect(drawn.embedding?.layout).toBe('sammon')
    const apart = (at: ArrayLike<number>, width: number, a: number, b: number): number =>
      Math.hypot(...Array.from({ length: width }, (_, f) => at[a * width + f] - at[b * width + f]))
    // Distances in the plane are in proportion to those of prototypes, as well as can be.
    const { data, rows: units30, columns } = trained.codebook
    const pairs = Array.from({ length: units30 - 1 }, (_, unit) => [
      apart(data, columns, 0, unit + 1),
      apart(drawn.embedding?.places ?? [], 2, 0, unit + 1),
    ])
    const [high, low] = [0, 1].map((f) => pairs.reduce((sum, pair) => sum + pair[f], 0))
    const off = pairs.reduce((sum, pair) => sum + Math.abs(pair[1] / low - pair[0] / high), 0)
    expect(off).toBeLessThan(0.25)
    const lattice = (await fitEmbedding(trained, null, { layout: 'lattice' })).unwrapOrElse(fail)
    expect(Array.from(lattice.embedding?.places.slice(0, 6) ?? [])).toEqual([0, 0, 1, 0, 2, 0])
    const found = (await embed(lattice, samples)).unwrapOrElse(fail)
    expect(found.layout).toBe('lattice')
    expect(found.place.every((value) => value > -2 && value < 8)).toBe(true)
  })
})

describe('refusals', () => {
  const messageOf = async (map: unknown, rows: unknown, options: unknown): Promise<string[]> => {
    const found = await fitEmbedding(map as Som, rows as never, options as EmbeddingOptions)
    return found.isErr ? found.error.map(({ path, message }) => `${path}: ${message}`) : []
  }

  it('name every option that is wrong', async () => {
    expect(await messageOf(trained, samples, { landmarks: 0, layout: 'grid' })).toEqual([
      'layout: expected one of rows, units, sammon, lattice, found "grid"',
      'landmarks: expected an integer from 1 to 65536, found 0',
    ])
    expect(await messageOf(trained, null, { layout: 'rows' })).toEqual([
      'layout: expected rows, or "units", "sammon" or "lattice" without any, found "rows"',
    ])
    expect(await messageOf(trained, null, { landmarks: 3 })).toEqual([
      'landmarks: expected none beside the layout "units", whose landmarks are the units',
    ])
    expect(await messageOf(trained, samples, { landmark: 3 })).toHaveLength(1)
  })

  it('say that no row has a value', async () => {
    const nothing = matrix(3, 8, new Float32Array(24).fill(Number.NaN))
    expect(await messageOf(trained, nothing, {})).toEqual([
      'samples: expected at least 1 row with a value and a weight, found none',
    ])
    expect(await messageOf({}, samples, {})).toHaveLength(1)
  })

  it('say what a map without an embedding needs', async () => {
    const found = await embed(trained, samples)
    expect(found.isErr && found.error[0].message).toMatch(/give it one with fitEmbedding$/)
  })

  it('an abort ends a fit', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    await expect(fitEmbedding(trained, samples, {}, { signal: stop.signal })).rejects.toThrow('enough')
  })
})
