import { type Backend, js, type Matrix } from '@som/core'
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
  async function run(backend: Backend, rows: Rows, start: Matrix) {
    const session = await backend.open(task, rows, start)
    const epochs = [
      await session.epoch({ rule: 'batch', radius: 3 }),
      await session.epoch({ rule: 'batch', radius: 1 }),
    ]
    const [codebook, matches] = [await session.codebook(), await session.match()]
    session.close()
    return { epochs, codebook, matches }
  }

  it('gives the bits of js() on the adapter that computes on the CPU', async () => {
    const [rows, start] = [{ matrix: drawMatrix(300, 18, 1) }, drawMatrix(72, 18, 2)]
    expect(await run(card, rows, start)).toEqual(await run(js(), rows, start))
  })

  it('weighted rows with missing values, in buffers and at a scale of their own, are matched and added up by the card alone', async () => {
    const small: Card = { ...(await cardOfPage()), binding: 4 * 18 * 128 }
    const alone: Backend = {
      ...js(),
      async open(task, samples, codebook) {
        const rest = await js().open(task, samples, codebook)
        const match = () => Promise.reject(new Error('matched on the CPU'))
        const refusing = { update: rest.update.bind(rest), codebook: rest.codebook.bind(rest), match, close: () => {} }
        const say = (what: string) => expect(what).toBe('')
        // The members of a session that are used.
        return new GpuSession({
          card: small,
          task,
          samples,
          features: 18,
          rest: refusing as unknown as Session,
          say,
          whenLost: 'fail',
        })
      },
    }
    const huge = (drawn: Matrix): Matrix => ({ ...drawn, data: drawn.data.map((x) => 2 ** 80 * x) })
    const rows = { matrix: huge(drawMatrix(300, 18, 1, 0.2)), weights: drawWeights(300, 3) }
    // Some prototypes are rows, as those of a drawn start: the distance is 0.
    const start = huge(drawMatrix(72, 18, 2))
    const ofRows = rows.matrix.data.subarray(0, 20 * 18).map((x) => (Number.isNaN(x) ? 0 : x))
    start.data.set(ofRows)
    expect(await run(alone, rows, start)).toEqual(await run(js(), rows, start))
  })

  it('work that a device refuses is an error, and not zeros', async () => {
    const own = await cardOfPage()
    const read = own.read({ buffer: own.storage(2 ** 50), bytes: 16, as: Uint32Array })
    await expect(read).rejects.toThrow(/^the device refused its work \(.*size/)
    const after = own.read({ buffer: own.holding(Uint32Array.of(7)), bytes: 4, as: Uint32Array })
    expect(await after).toEqual([Uint32Array.of(7)])
  })

  it('takes an adapter that computes on the CPU only if it is asked to', async () => {
    expect((await gpu()).rejects(task)).toMatch(/computes on the CPU; set "software: true"/)
  })

  it('a lost device is an error that names what to do, or the rest continues with the same bits, and later tasks are rejected', async () => {
    const session = await card.open(task, { matrix: drawMatrix(300, 18, 1) }, drawMatrix(72, 18, 2))
    const before = await session.codebook()
    const said: string[] = []
    const patient = await gpu({ device, whenLost: 'continue', onRest: (what) => said.push(what) })
    const [rows, start] = [{ matrix: drawMatrix(300, 18, 1) }, drawMatrix(72, 18, 2)]
    const continued = run(patient, rows, start)
    const epoch = session.epoch({ rule: 'batch', radius: 3 })
    device.destroy()
    await expect(epoch).rejects.toThrow(
      'gpu: the device was lost (destroyed); continue from the last checkpoint on another backend',
    )
    expect(await session.codebook()).toEqual(before)
    expect(await continued).toEqual(await run(js(), rows, start))
    expect(said).toEqual(['what is left runs on js: the device was lost (destroyed)'])
    session.close()
    expect(card.rejects(task)).toBe('the device was lost (destroyed)')
  })
})
