import { js } from '@som/core'
import { drawMatrix } from '@som/core/testing'
import { describe, expect, it } from 'vitest'
import { native } from './browser.ts'

const task = {
  lattice: { cell: 'hexagonal', shape: 'sheet', rows: 6, columns: 7 },
  metric: 'euclidean',
  kernel: 'gaussian',
} as const

describe('native() in a page', () => {
  const samples = { matrix: drawMatrix(500, 5, 1) }
  const holed = { matrix: drawMatrix(500, 5, 3, 0.2) }
  const toroid = { ...task, lattice: { ...task.lattice, shape: 'toroid' } } as const
  const batch = { rule: 'batch', radius: 2 } as const
  const online = {
    rule: 'online',
    order: Uint32Array.from({ length: 500 }, (_, i) => (i * 7) % 500),
    radius: Float32Array.from({ length: 500 }, (_, i) => 3 - i / 250),
    rate: Float32Array.from({ length: 500 }, (_, i) => 0.5 - i / 2000),
  } as const

  it.each([
    ['a batch epoch', task, samples, batch],
    ['the online rule', task, samples, online],
    ['a batch epoch on a toroid', toroid, samples, batch],
    ['a batch epoch with missing values', task, holed, batch],
    ['the online rule on a toroid with missing values', toroid, holed, online],
  ])('fetches its module from beside the package, and gives the bits of js(): %s', async (_, task, samples, step) => {
    const results = [native(), js()].map(async (backend) => {
      const session = await backend.open(task, samples, drawMatrix(42, 5, 2))
      const epoch = await session.epoch(step)
      const [codebook, matches] = [await session.codebook(), await session.match()]
      session.close()
      return { epoch, codebook, matches }
    })
    const [ours, plain] = await Promise.all(results)
    expect(ours).toEqual(plain)
    expect(ours.codebook).not.toEqual(drawMatrix(42, 5, 2))
  })

  it('a module that is not there is named with the status', async () => {
    const module = new URL('/nowhere/som-native.wasm?raw', location.href)
    const missing = native({ module: new URL(`${module.origin}/@fs/nowhere.wasm`) })
    const opened = missing.open(task, { matrix: drawMatrix(5, 5, 1) }, drawMatrix(42, 5, 2))
    await expect(opened).rejects.toThrow(/expected the WebAssembly module, found status \d+/)
  })
})
