import { js } from '@som/core'
import type { Task } from '@som/core/backend'
import { drawMatrix } from '@som/core/testing'
import { describe, expect, it } from 'vitest'
import { gpu } from './browser.ts'

const task: Task = {
  lattice: { cell: 'hexagonal', shape: 'sheet', rows: 9, columns: 8 },
  metric: 'euclidean',
  kernel: 'gaussian',
}

// A quick look at what `npm run test:services -- gpu` does with every task of core.
describe('gpu() in a page', async () => {
  const card = await gpu({ software: true })

  it('gives the bits of js() on the adapter that computes on the CPU', async () => {
    const samples = { matrix: drawMatrix(300, 18, 1) }
    const results = [card, js()].map(async (backend) => {
      const session = await backend.open(task, samples, drawMatrix(72, 18, 2))
      const epochs = [
        await session.epoch({ rule: 'batch', radius: 3 }),
        await session.epoch({ rule: 'batch', radius: 1 }),
      ]
      const [codebook, matches] = [await session.codebook(), await session.match()]
      session.close()
      return { epochs, codebook, matches }
    })
    const [ours, plain] = await Promise.all(results)
    expect(ours).toEqual(plain)
  })

  it('takes an adapter that computes on the CPU only if it is asked to', async () => {
    expect((await gpu()).rejects(task)).toMatch(/computes on the CPU; set "software: true"/)
  })

  it('a device that is lost is an error that names what to do, and later tasks are rejected with the reason', async () => {
    const adapter = await navigator.gpu.requestAdapter()
    const device = await adapter!.requestDevice()
    const lost = await gpu({ device })
    const session = await lost.open(task, { matrix: drawMatrix(300, 18, 1) }, drawMatrix(72, 18, 2))
    const before = await session.codebook()
    const epoch = session.epoch({ rule: 'batch', radius: 3 })
    device.destroy()
    await expect(epoch).rejects.toThrow(
      'gpu: the device was lost (destroyed); continue from the last checkpoint on another backend',
    )
    expect(await session.codebook()).toEqual(before)
    session.close()
    expect(lost.rejects(task)).toBe('the device was lost (destroyed)')
  })
})
