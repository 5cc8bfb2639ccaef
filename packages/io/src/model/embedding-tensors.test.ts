import { fitEmbedding, matrix, random, train } from '@som/core'
import { expect, it } from 'vitest'
import { decode, encode, type Tensor } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const samples = matrix(40, 2, Float32Array.from({ length: 80 }, random(1, 'plane')))
const trained = (await train({ samples, lattice: { rows: 3, columns: 2 }, epochs: 2 })).unwrapOrElse(fail)
const som = (await fitEmbedding(trained, samples, { landmarks: 20 })).unwrapOrElse(fail)
const bytes = Buffer.concat(encodeModel(som).unwrapOrElse(fail))
const { metadata, tensors } = decode(bytes).unwrapOrElse(fail)

it('a file gives back the embedding that was put into it, and the same bytes again', () => {
  const read = decodeModel(bytes).unwrapOrElse(fail)
  expect(read).toEqual(som)
  expect(Buffer.concat(encodeModel(read).unwrapOrElse(fail))).toEqual(bytes)
})

/** The message for a file that was changed; of version 1, which has no digest to notice first. */
function refusal(change: (embedding: Record<string, unknown>) => void, changed: Record<string, Tensor>): string {
  const described = JSON.parse(metadata.som)
  change(described.embedding)
  const all = new Map([...tensors, ...Object.entries(changed)])
  const parts = encode({ metadata: { format: 'som', version: '1', som: JSON.stringify(described) }, tensors: all })
  const read = decodeModel(Buffer.concat(parts), 'map')
  return read.isErr ? read.error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : 'read'
}
const zeros = (...shape: number[]): Tensor => ({
  shape,
  data: new Float32Array(shape.reduce((all, side) => all * side, 1)),
})

it.each<[string, (embedding: Record<string, unknown>) => void, Record<string, Tensor>, RegExp]>([
  ['as it was', () => {}, {}, /^read$/],
  ['of another layout', (one) => Object.assign(one, { layout: 'grid' }), {}, /embedding\.layout: expected/],
  ['with a cell of 0', (one) => Object.assign(one, { repulsion: { x: 0, y: 0, cell: 0 } }), {}, /cell/],
  ['with landmarks of other features', () => {}, { embedding_landmarks: zeros(20, 3) }, /landmarks: .* landmarks x 2 /],
  ['with landmarks in one list', () => {}, { embedding_landmarks: zeros(20) }, /landmarks: .* landmarks x 2 /],
  ['with landmarks in layers', () => {}, { embedding_landmarks: zeros(20, 2, 1) }, /landmarks: .* landmarks x 2 /],
  [
    'without landmarks',
    () => {},
    { embedding_landmarks: zeros(0, 2), embedding_places: zeros(0, 2) },
    /^map: embedding_landmarks: expected landmarks x 2 finite/,
  ],
  ['with places for others', () => {}, { embedding_places: zeros(19, 2) }, /^map: embedding_places: expected 20 x 2 /],
  ['with repulsion in one row', () => {}, { embedding_repulsion: zeros(1, 9, 3) }, /repulsion: .* 2 x 2 x 3 finite/],
  ['without repulsion', () => {}, { embedding_repulsion: zeros(2, 2, 3) }, /expected numbers above 0 as the first/],
])('a file is read or refused %s', (_, change, changed, message) => {
  expect(refusal(change, changed)).toMatch(message)
})
