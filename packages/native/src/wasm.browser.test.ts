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
  it('fetches its module from beside the package, and gives the bits of js()', async () => {
    const samples = { matrix: drawMatrix(500, 5, 1) }
    const codebooks = [native(), js()].map(async (backend) => {
      const session = await backend.open(task, samples, drawMatrix(42, 5, 2))
      await session.epoch({ rule: 'batch', radius: 2 })
      const trained = await session.codebook()
      session.close()
      return trained
    })
    const [ours, plain] = await Promise.all(codebooks)
    expect(ours).toEqual(plain)
  })

  it('a module that is not there is named with the status', async () => {
    const module = new URL('/nowhere/som-native.wasm?raw', location.href)
    const missing = native({ module: new URL(`${module.origin}/@fs/nowhere.wasm`) })
    const opened = missing.open(task, { matrix: drawMatrix(5, 5, 1) }, drawMatrix(42, 5, 2))
    await expect(opened).rejects.toThrow(/expected the WebAssembly module, found status \d+/)
  })
})
