import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDigest } from './content-digest.ts'
import { plainSha256, sha256 } from './sha-256.ts'

describe('the digest of contents', () => {
  const tensors = {
    codebook: { shape: [1, 2], data: Float32Array.of(1, 2) },
    hits: { shape: [1], data: Float64Array.of(3) },
  }
  const of = (
    som: string,
    entries: readonly (readonly [string, { shape: number[]; data: Float32Array | Float64Array }])[],
  ) => contentDigest(som, new Map(entries))
  const { codebook, hits } = tensors
  const whole = of('{}', [['codebook', codebook], ['hits', hits]]) // biome-ignore format: one line

  it('is what its description says', () => {
    const bytes = Buffer.from([0, 0, 128, 63, 0, 0, 0, 64])
    const expected = createHash('sha256').update('{}\ncodebook F32 1x2\n').update(bytes)
    expect(of('{}', [['codebook', codebook]])).toBe(expected.digest('hex'))
  })

  it('does not know the order of tensors', () => {
    expect(of('{}', [['hits', hits], ['codebook', codebook]])).toBe(whole) // biome-ignore format: one line
  })

  it.each([
    ['text', of('{ }', [['codebook', codebook], ['hits', hits]])],
    ['name', of('{}', [['codebook', codebook], ['hit', hits]])],
    ['shape', of('{}', [['codebook', { ...codebook, shape: [2, 1] }], ['hits', hits]])],
    ['number', of('{}', [['codebook', codebook], ['hits', { ...hits, data: Float64Array.of(-3) }]])],
    ['number of tensors', of('{}', [['codebook', codebook]])],
  ])('knows another %s', (_, digest) => expect(digest).not.toBe(whole)) // biome-ignore format: a table
})

describe('SHA-256', () => {
  it('is the one that is published for three letters', () => {
    expect(plainSha256([Buffer.from('abc')])).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('is the same from Node and in a page, however its bytes are cut', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 })
    fc.assert(fc.property(parts, (bytes) => plainSha256(bytes) === sha256(bytes)))
  })

  it.each([55, 56, 63, 64, 65, 119, 120, 128])('is padded as it must be after %i bytes', (length) => {
    const bytes = new Uint8Array(length).fill(7)
    expect(plainSha256([bytes])).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})
