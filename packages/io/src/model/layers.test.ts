import { type Layer, type Som, train } from '@som/core'
import { describe, expect, test } from 'vitest'
import { encodeOnnx } from '../onnx/encode-onnx.ts'
import { decode, encode } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

const features = ['length', 'mass', 'red', 'blue']
const data = Float64Array.from({ length: 48 }, (_, i) => (i % 4 < 2 ? (i * 7) % 11 : ((i >> 2) + i) % 2))
const trained = async (metric: 'hamming' | 'euclidean'): Promise<Som> =>
  (
    await train({
      samples: { features, rows: 12, data },
      lattice: { rows: 2, columns: 3 },
      layers: [
        { name: 'colour', features: ['red', 'blue'], metric, weight: 0.5 },
        { name: 'size', features: ['mass', 'length'] },
      ],
    })
  ).unwrapOrElse(fail)
const som = await trained('hamming')
const euclidean = await trained('euclidean')
const bytesOf = (map: Som): Uint8Array => Buffer.concat(encodeModel(map).unwrapOrElse(fail))

describe('a model file of a map with layers', () => {
  test('keeps them, and the distance that is made of them', () => {
    for (const map of [som, euclidean]) expect(decodeModel(bytesOf(map)).unwrapOr(null)).toEqual(map)
    expect(som.metric).toMatchObject({ layers: [{ columns: [2, 3], metric: 'hamming' }, { columns: [0, 1] }] })
    expect(euclidean.metric).toBe('euclidean')
  })

  test('is refused where it does not say what the distance is', () => {
    const { metadata, tensors } = decode(bytesOf(som)).unwrapOrElse(fail)
    const refusal = (change: (description: { metric: string; layers?: Layer[] }) => void): string => {
      const description = JSON.parse(metadata.som)
      change(description)
      const changed = { format: 'som', version: '1', som: JSON.stringify(description) }
      const read = decodeModel(Buffer.concat(encode({ metadata: changed, tensors })))
      return read.isOk ? 'none' : read.error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n')
    }
    expect(refusal(() => {})).toBe('none')
    const layersOf = (change: (layers: Layer[]) => unknown) => (description: { layers?: Layer[] }) =>
      change(description.layers ?? [])
    for (const [change, expected] of [
      [(description: { layers?: Layer[] }) => delete description.layers, 'layers: expected those of a layered metric'],
      [(description: { metric: string }) => (description.metric = 'euclidean'), 'metric: expected layered as'],
      [layersOf((layers) => layers.pop()), 'layers: expected each of 4 features in one layer'],
      [layersOf((layers) => layers.push({ ...layers[0], name: 'twice' })), 'layers: expected each of 4 features'],
      [
        layersOf(([first]) => Object.assign(first, { features: ['red', 'green'] })),
        'layers: expected each of 4 features',
      ],
      [layersOf(([first]) => Object.assign(first, { name: 'size' })), 'names of layers must be unique'],
      [layersOf(([first]) => Object.assign(first, { metric: 'haming' })), 'layers.0.metric: expected'],
      [layersOf(([first]) => Object.assign(first, { scale: -1 })), 'layers.0.scale'],
    ] as const)
      expect(refusal(change)).toContain(expected)
  })

  test('goes out as ONNX only where it is one euclidean distance', () => {
    expect(encodeOnnx(euclidean).isOk).toBe(true)
    const refused = encodeOnnx(som)
    expect(refused.isErr && refused.error.issues).toEqual([
      {
        path: 'metric',
        message:
          'layered: expected one of euclidean, cosine, manhattan, chebyshev for ONNX, found layers of several metrics',
      },
    ])
  })
})
