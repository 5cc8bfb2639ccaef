import { type Backend, firstOf, js } from '@som/core'
import { describeBackend, type Skip } from '@som/core/testing'
import { expect, it } from 'vitest'
import type { GpuOptions } from '../src/options.ts'

/** Tasks of the contract that the card does not compare; another backend takes them, as `firstOf` decides. */
const REJECTED = [
  '5 x 6 rectangular sheet, cosine',
  '5 x 6 rectangular sheet, correlation',
  '5 x 6 rectangular sheet, jaccard',
  '5 x 6 rectangular sheet, tanimoto',
  '3 x 18 rectangular sheet, ',
]

const KINDS = ['dense rows', 'missing values and weights', 'sparse rows']
const BEGINNINGS = ['', ...KINDS.flatMap((kind) => [`batch, ${kind}: `, `online, ${kind}: `])]

const skip: readonly Skip[] = REJECTED.flatMap((task) =>
  BEGINNINGS.map((beginning) => ({ test: beginning + task, reason: 'compared on the CPU' })),
)

/** The contract of a backend for the card's own tasks, and for all tasks with `js()` behind it. */
export async function conformance(open: (options: GpuOptions) => Promise<Backend>): Promise<void> {
  const rest = js()
  const card = await open({ software: true, rest })
  describeBackend(card, { skip })
  it('rejects what is compared on the CPU, with the reason', () => {
    const lattice = { cell: 'rectangular', shape: 'sheet', rows: 5, columns: 6 } as const
    const task = { lattice, kernel: 'gaussian' } as const
    const layers = [{ columns: [0], metric: 'euclidean', weight: 1 }] as const
    expect(card.rejects({ ...task, metric: 'cosine' })).toBe('the metric cosine is compared on the CPU')
    expect(card.rejects({ ...task, metric: { layers } })).toBe('layers are compared on the CPU')
    expect(firstOf(card, rest).choose?.({ ...task, metric: 'cosine' })?.backend.name).toBe('js')
    expect(firstOf(card, rest).choose?.({ ...task, metric: 'manhattan' })?.backend.name).toBe('gpu')
  })
}
