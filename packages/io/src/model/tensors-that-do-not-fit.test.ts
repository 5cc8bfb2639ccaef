import { type Calibration, orThrow, type Som, samplesOf, train } from '@som/core'
import type Result from 'true-myth/result'
import { beforeAll, expect, it, test } from 'vitest'
import { decode, encode, type Tensor } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

const options = { samples: samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]]), lattice: { rows: 2, columns: 2 }, epochs: 1 } // biome-ignore format: a table

let som: Som
let unfinished: Som
beforeAll(async () => {
  const trained = orThrow(await train(options))
  const calibration: Calibration = {
    columns: ['x', 'y'],
    derived: [
      { column: 0, by: 'value', steps: 0 },
      { column: 1, by: 'value', steps: 0 },
    ],
    heldOut: 'rows',
    distances: Float32Array.of(0.5, 1, 2),
    counts: Uint32Array.of(2, 0, 1, 0),
    drift: { farther: 1, nearer: 1 },
    runs: [{ same: 1, missing: 0 }, { same: 1, missing: 0 }], // biome-ignore format: a table
  }
  som = { ...trained, calibration, clusters: { method: 'ward', count: 2, seed: 1, of: Int32Array.of(0, 1, 1, -1) } }
  unfinished = orThrow(await train(options, { signal: AbortSignal.abort() }))
})

const okOf = <T>(result: Result<T, unknown>): T =>
  result.unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
const bytesOf = (map: Som): Uint8Array => Buffer.concat(okOf(encodeModel(map)))
const doubles = (...numbers: number[]): Tensor => ({ shape: [numbers.length], data: Float64Array.from(numbers) })
const singles = (...numbers: number[]): Tensor => ({ shape: [numbers.length], data: Float32Array.from(numbers) })

/** What is reported for a file of version 1, which has no digest, with one tensor replaced. */
function refusals(name: string, tensor: Tensor, map = som): string[] {
  const { metadata, tensors } = okOf(decode(bytesOf(map)))
  const changed = encode({
    metadata: { format: 'som', version: '1', som: metadata.som },
    tensors: new Map([...tensors, [name, tensor]]),
  })
  const read = decodeModel(Buffer.concat(changed))
  return read.isOk ? [] : read.error.issues.map(({ message }) => message)
}

it('a map with all of its parts is read as it was written', () => {
  const read = okOf(decodeModel(bytesOf(som)))
  expect([read.clusters, read.calibration]).toEqual([som.clusters, som.calibration])
  expect(refusals('clusters', doubles(1, 0, 0, 1))).toEqual([])
})

test.each([
  ['a place that is none', doubles(0, 1, 2, 0)],
  ['a place below -1, which is that of a unit in no cluster', doubles(0, -2, 1, 0)],
  ['half a place', doubles(0, 0.5, 1, 0)],
  ['too few units', doubles(0, 1, 1)],
  ['numbers of another type', singles(0, 1, 1, 0)],
])('clusters with %s are refused', (_, tensor) => {
  expect(refusals('clusters', tensor)).toEqual(['clusters: expected 4 integers of type F64 from -1 to 1'])
})

test.each([
  ['a count below 0', doubles(2, 2, -1, 0)],
  ['half a count', doubles(2, 0.5, 0.5, 0)],
  ['too few counts', doubles(2, 1)],
  ['counts of another type', singles(2, 0, 1, 0)],
])('a calibration with %s is refused', (_, tensor) => {
  expect(refusals('calibration_counts', tensor)).toEqual([
    'calibration_counts: expected 4 integers of at least 0 of type F64',
  ])
})

it('a calibration has as many distances as its counts say, each finite and at least 0', () => {
  const asMany = 'calibration: expected as many numbers of type F32 as calibration_counts says'
  const finite = 'calibration: expected finite numbers of at least 0'
  expect(refusals('calibration', singles(0.5, 1))).toEqual([asMany])
  expect(refusals('calibration_counts', doubles(2, 0, 2, 0))).toEqual([asMany])
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(refusals('calibration', singles(0.5, wrong, 2))).toEqual([finite])
  expect(refusals('calibration', doubles(0.5, 1, 2))).toEqual([asMany, finite])
  expect(refusals('calibration', singles(0, 0, 0))).toEqual([])
})

it('distances of rows are finite, at least 0 and ascending, and so are hits, in any order', () => {
  const distances = (...numbers: number[]): string[] => refusals('distances', singles(...numbers))
  const wrong = ['distances: expected finite numbers of at least 0, ascending']
  for (const some of [[-1, 0, 1, 2], [0, 2, 1, 3], [0, 1, Number.NaN, 3], [0, 1, 2, Number.POSITIVE_INFINITY]]) // biome-ignore format: a table
    expect(distances(...some)).toEqual(wrong)
  expect(distances(0, 0, 1, 1)).toEqual([])
  expect(refusals('hits', doubles(0, 3, 1, 0))).toEqual([])
  for (const hit of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(refusals('hits', doubles(0, hit, 1, 0))).toEqual(['hits: expected finite numbers of at least 0'])
  expect(refusals('hits', singles(0, 3, 1, 0))).toEqual(['hits: expected 4 numbers of type F64'])
  expect(refusals('distances', doubles(0, 1))).toEqual(['distances: expected numbers of type F32 in one row'])
})

it('the start of an interrupted epoch is a codebook', () => {
  const start = (rows: number, columns: number, first = 0): string[] => {
    const data = new Float32Array(rows * columns)
    data[0] = first
    return refusals('epoch_start', { shape: [rows, columns], data }, unfinished)
  }
  expect(start(4, 2)).toEqual([])
  expect([start(2, 4), start(4, 1)]).toEqual([
    ...[['epoch_start: expected 4 x 2 numbers of type F32'], ['epoch_start: expected 4 x 2 numbers of type F32']],
  ])
  for (const wrong of [Number.NaN, Number.NEGATIVE_INFINITY])
    expect(start(4, 2, wrong)).toEqual(['epoch_start: expected finite numbers'])
})
