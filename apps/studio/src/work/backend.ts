import { type Backend, firstOf, js } from '@som/core'
import { native } from '@som/native'
import type { Where } from './worker-api.ts'

/** Where arithmetic runs in this page, and why not where its reader wants it. */
export interface PageBackend {
  readonly backend: Backend
  readonly why: string | null
}

const TRIED = { lattice: { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 1 } } as const

/** WebAssembly where its module loads; else js, which gives the same bits. */
async function wasm(): Promise<PageBackend> {
  const backend = native()
  try {
    const task = { ...TRIED, metric: 'euclidean', kernel: 'gaussian' } as const
    const one = { data: Float32Array.of(0), rows: 1, columns: 1 }
    const session = await backend.open(task, { matrix: one }, one)
    session.close()
    return { backend, why: null }
  } catch (error) {
    return { backend: js(), why: error instanceof Error ? error.message : String(error) }
  }
}

/** The card where there is one that computes the same bits, and what it leaves as without it. Fetched only then. */
async function gpu(): Promise<PageBackend> {
  const { backend: rest } = await opened('wasm')
  const { gpu } = await import('@som/gpu')
  const card = await gpu({ rest, whenLost: 'continue' })
  const why = card.rejects({ ...TRIED, metric: 'euclidean', kernel: 'gaussian' })
  // What follows the reason says how a program would have its way.
  return why === null ? { backend: firstOf(card, rest), why } : { backend: rest, why: why.split(';')[0] }
}

const openers: Readonly<Record<Where, () => Promise<PageBackend>>> = {
  wasm,
  gpu,
  js: async () => ({ backend: js(), why: null }),
}

const found = new Map<Where, Promise<PageBackend>>()
let where: Where = 'wasm'

function opened(which: Where): Promise<PageBackend> {
  const known = found.get(which) ?? openers[which]()
  found.set(which, known)
  return known
}

/** Where arithmetic runs from now on. Every choice gives the same bits. */
export const pageBackend = (): Promise<PageBackend> => opened(where)

/** Lets arithmetic run elsewhere; says why it does not where it cannot. */
export async function computeOn(which: Where): Promise<{ readonly why: string | null }> {
  where = which
  const { why } = await opened(which)
  return { why }
}
