import type { Task } from '@som/core/backend'
import { expect, it } from 'vitest'
import { gpuBackend } from './gpu.ts'

const task: Task = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 },
  metric: 'euclidean',
  kernel: 'gaussian',
}

const reasonWith = async (requestAdapter: () => Promise<unknown>): Promise<string | null> =>
  (await gpuBackend({ gpu: { requestAdapter } as GPU }, async () => 'no GPU')).rejects(task) // what is asked of a GPU

it('a machine without WebGPU or an adapter is a reason, and no error', async () => {
  expect((await gpuBackend({}, async () => 'there is no WebGPU')).rejects(task)).toBe('there is no WebGPU')
  expect(await reasonWith(async () => null)).toBe('WebGPU found no adapter on this machine')
  expect(await reasonWith(() => Promise.reject(new Error('blocked')))).toBe('WebGPU gave no device: blocked')
})

it('an adapter that computes on the CPU is a reason, by each of its names', async () => {
  for (const info of [{ architecture: 'swiftshader' }, { description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }])
    expect(await reasonWith(async () => ({ info }))).toContain(`${Object.values(info)[0]} computes on the CPU`)
  expect(await reasonWith(async () => ({ info: { isFallbackAdapter: true } }))).toContain('the fallback adapter')
})

it('open says why it cannot', async () => {
  const absent = await gpuBackend({}, async () => 'there is no WebGPU')
  const codebook = { rows: 4, columns: 1, data: new Float32Array(4) }
  await expect(absent.open(task, { matrix: codebook }, codebook)).rejects.toThrow('gpu: there is no WebGPU')
})
