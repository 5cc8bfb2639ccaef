import { type Backend, js } from '@som/core'
import type { Rows, Session, Task } from '@som/core/backend'
import { drawMatrix, drawWeights } from '@som/core/testing'
import { describe, expect, it } from 'vitest'
import { cardOfPage } from '../test/card-of-page.ts'
import { gpu } from './browser.ts'
import type { Card } from './card.ts'
import { GpuSession } from './session.ts'

const task: Task = {
  lattice: { cell: 'hexagonal', shape: 'sheet', rows: 9, columns: 8 },
  metric: 'euclidean',
  kernel: 'gaussian',
}

// A quick look at what `npm run test:services -- gpu` does with every task of core.
describe('gpu() in a page', async () => {
  // One for all tests, the last of which destroys it: a device compiles for seconds.
  const adapter = await navigator.gpu.requestAdapter()
  const device = await adapter!.requestDevice()
  const card = await gpu({ device })

  /** What two epochs leave. */
  async function run(backend: Backend, task: Task, rows: Rows) {
    const session = await backend.open(task, rows, drawMatrix(72, rows.matrix.columns, 2))
    const epochs = [
      await session.epoch({ rule: 'batch', radius: 3 }),
      await session.epoch({ rule: 'batch', radius: 1 }),
    ]
    const [codebook, matches] = [await session.codebook(), await session.match()]
    session.close()
    return { epochs, codebook, matches }
  }

  it('gives the bits of js() on the adapter that computes on the CPU', async () => {
    const samples = { matrix: drawMatrix(300, 18, 1) }
    expect(await run(card, task, samples)).toEqual(await run(js(), task, samples))
  })

  it('weighted rows in several buffers, at a scale of their own, give the same bits, all by the card', async () => {
    const drawn = drawMatrix(300, 18, 1)
    const rows = { matrix: { ...drawn, data: drawn.data.map((x) => 2 ** 80 * x) }, weights: drawWeights(300, 3) }
    // Rows of the rest are matched by a session that refuses them.
    const small: Card = { ...(await cardOfPage()), binding: 4 * 18 * 128 }
    const onCard: Backend = {
      ...js(),
      async open(task, samples, codebook) {
        const own = { ...codebook, data: codebook.data.map((w) => 2 ** 80 * w) }
        const rest = await js().open(task, samples, own)
        const refuse = () => Promise.reject(new Error('matched on the CPU'))
        const session = {
          update: rest.update.bind(rest),
          codebook: () => rest.codebook(),
          match: refuse,
          close: () => rest.close(),
        }
        const say = (what: string) => expect(what).toBe('')
        return new GpuSession({ card: small, task, samples, features: 18, rest: session as unknown as Session, say }) // what it uses
      },
    }
    const plain: Backend = {
      ...js(),
      open: (task, samples, codebook) =>
        js().open(task, samples, { ...codebook, data: codebook.data.map((w) => 2 ** 80 * w) }),
    }
    expect(await run(onCard, task, rows)).toEqual(await run(plain, task, rows))
  })

  it('takes an adapter that computes on the CPU only if it is asked to', async () => {
    expect((await gpu()).rejects(task)).toMatch(/computes on the CPU; set "software: true"/)
  })

  it('a device that is lost is an error that names what to do, and later tasks are rejected with the reason', async () => {
    const session = await card.open(task, { matrix: drawMatrix(300, 18, 1) }, drawMatrix(72, 18, 2))
    const before = await session.codebook()
    const epoch = session.epoch({ rule: 'batch', radius: 3 })
    device.destroy()
    await expect(epoch).rejects.toThrow(
      'gpu: the device was lost (destroyed); continue from the last checkpoint on another backend',
    )
    expect(await session.codebook()).toEqual(before)
    session.close()
    expect(card.rejects(task)).toBe('the device was lost (destroyed)')
  })
})
