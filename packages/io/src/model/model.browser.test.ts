import { samplesOf, train } from '@som/core'
import { expect, it } from 'vitest'
import { decodeModel, encodeModel } from '../browser/index.ts'

it('a page writes a map, reads it, and finds a bit that changed', async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const parts = encodeModel(som).unwrapOr([])
  const bytes = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
  expect(decodeModel(bytes).unwrapOr(null)).toEqual(som)
  bytes[bytes.length - 1] ^= 1
  const read = decodeModel(bytes)
  expect(read.isErr && read.error.issues[0].message).toMatch(/^expected contents with the SHA-256 .*damaged$/)
})
