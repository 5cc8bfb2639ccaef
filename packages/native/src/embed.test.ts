import { type Backend, embed, fitEmbedding, js, matrix, random, train } from '@som/core'
import { expect, it } from 'vitest'
import { loadNative } from './load.ts'
import { native } from './native.ts'

const loaded = loadNative()
const absent = loaded.isErr ? ` (skipped: ${loaded.error})` : ''

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

it.skipIf(loaded.isErr)(
  `a plane and the places in it are the same bits as by js, on any number of threads${absent}`,
  async () => {
    const draw = random(3, 'rows')
    const data = Float32Array.from({ length: 600 * 5 }, (_, at) => draw() + (at % 5 === Math.floor(at / 600) ? 3 : 0))
    // A cell that is missing, and two rows that are alike.
    data[7] = Number.NaN
    data.copyWithin(50, 0, 5)
    const rows = matrix(600, 5, data)
    const by = async (backend: Backend) => {
      const som = (
        await train({ samples: rows, lattice: { rows: 6, columns: 6 }, epochs: 3 }, { backend })
      ).unwrapOrElse(fail)
      const { embedding, ...map } = (await fitEmbedding(som, rows, { landmarks: 150 }, { backend })).unwrapOrElse(fail)
      const placed = (await embed({ ...map, embedding }, rows, { backend })).unwrapOrElse(fail)
      return { embedding, placed }
    }
    const expected = await by(js())
    for (const threads of [1, 3]) expect(await by(native({ threads }))).toEqual(expected)
  },
)
