import { existsSync, readFileSync } from 'node:fs'
import { describeBackend, drawMatrix } from '@som/core/testing'
import { describe, expect, it } from 'vitest'
import { native } from './browser.ts'

const file = new URL('../som-native.wasm', import.meta.url)
const module = existsSync(file) ? readFileSync(file) : undefined
const absent = module ? '' : ' (skipped: som-native.wasm is not built; "node packages/native/scripts/build-wasm.mjs")'

describe.skipIf(!module)(`the WebAssembly module${absent}`, () => {
  const backend = native({ module })
  const task = {
    lattice: { cell: 'rectangular', shape: 'sheet', rows: 10, columns: 10 },
    metric: 'euclidean',
    kernel: 'gaussian',
  } as const

  describeBackend({ ...backend, name: 'native as WebAssembly' })

  it('tells progress, and stops when progress asks it to', async () => {
    const session = await backend.open(task, { matrix: drawMatrix(30_000, 8, 1) }, drawMatrix(100, 8, 2))
    const controller = new AbortController()
    const progress = (): void => controller.abort(new Error('enough'))
    const epoch = session.epoch({ rule: 'batch', radius: 2 }, { signal: controller.signal, progress })
    await expect(epoch).rejects.toThrow('enough')
    session.close()
  })

  it("a user's own metric is rejected with the reason", () => {
    expect(backend.rejects({ ...task, metric: { name: 'mine', distance: () => 0 } })).toContain('your own function')
  })
})
