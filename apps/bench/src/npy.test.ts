import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readFloats, readIndices, readNpy, writeNpy } from './npy.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-npy-'))
const path = join(folder, 'array.npy')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an array is read back with its shape and its bits', () => {
  writeNpy(path, Float32Array.of(1.5, -0, Number.NaN, 3e-45, 2, 7), [2, 3])
  const { data, shape } = readNpy(path)
  expect(shape).toEqual([2, 3])
  expect(data).toEqual(Float32Array.of(1.5, -0, Number.NaN, 3e-45, 2, 7))
})

test('a single row has a shape of one side', () => {
  writeNpy(path, Uint32Array.of(1, 2 ** 32 - 1), [2])
  expect(readNpy(path).shape).toEqual([2])
  expect(readIndices(path)).toEqual(Uint32Array.of(1, 2 ** 32 - 1))
})

test('numbers are never taken for indices, nor indices for numbers', () => {
  writeNpy(path, Float32Array.of(1), [1])
  expect(() => readIndices(path)).toThrow('expected <u4 or <i4')
  writeNpy(path, Int32Array.of(1), [1])
  expect(() => readFloats(path)).toThrow('expected <f4')
})
