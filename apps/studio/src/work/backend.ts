import { type Backend, js } from '@som/core'
import { native } from '@som/native'

/** Where arithmetic runs in this page, and why where it is not WebAssembly. */
export interface PageBackend {
  readonly backend: Backend
  readonly why: string | null
}

let found: Promise<PageBackend> | undefined

/** WebAssembly where its module loads; else js, which gives the same bits. */
export const pageBackend = (): Promise<PageBackend> => (found ??= choose())

const TRIED = { lattice: { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 1 } } as const

async function choose(): Promise<PageBackend> {
  const wasm = native()
  try {
    const task = { ...TRIED, metric: 'euclidean', kernel: 'gaussian' } as const
    const one = { data: Float32Array.of(0), rows: 1, columns: 1 }
    const session = await wasm.open(task, { matrix: one }, one)
    session.close()
    return { backend: wasm, why: null }
  } catch (error) {
    return { backend: js(), why: error instanceof Error ? error.message : String(error) }
  }
}
