import type { Backend, Matrix } from '@som/core'
import type { Task } from '@som/core/backend'
import { reallocate } from './reallocate.ts'
import type { WeightedPoints } from './weighted-points.ts'

const ROUNDS = 3
const STEPS = 5
/** A bubble this narrow contains no neighbour, so a batch epoch is one step of k-means. */
const ALONE = 0.5

export interface Settling {
  readonly task: Task
  readonly backend: Backend
  readonly signal?: AbortSignal
  /** Whether units may move: in a row, which has room anywhere, but not on a grid. */
  readonly reallocating: boolean
}

/**
 * Moves each unit to the mean of its own samples by k-means steps, and reallocates idle units in between. A map is
 * smooth; this makes it exact.
 */
export async function settle(codebook: Matrix, samples: WeightedPoints, settling: Settling): Promise<Matrix> {
  const { backend, signal } = settling
  const task: Task = { ...settling.task, kernel: 'bubble' }
  const rows = { matrix: samples.points, weights: samples.weights }
  let settled = codebook
  for (let round = 0; round < ROUNDS; round++) {
    const session = await backend.open(task, rows, settled)
    try {
      for (let step = 0; step < STEPS; step++) await session.epoch({ rule: 'batch', radius: ALONE }, { signal })
      settled = await session.codebook()
      if (settling.reallocating && round < ROUNDS - 1 && settled.rows > 1)
        settled = reallocate(settled, samples, await session.match(undefined, { signal }))
    } finally {
      session.close()
    }
  }
  return settled
}
