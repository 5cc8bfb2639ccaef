import type { Session, Watch } from '../backend/backend.ts'
import { mergeSums } from '../backend/merge-sums.ts'
import { chunkRowsFor } from '../chunks/chunk-rows.ts'
import { inChunks } from '../chunks/cut.ts'
import { mergeTree } from '../chunks/merge-tree.ts'
import type { StoredPlan } from '../plan/run-plan.ts'
import { matrix } from '../rows/matrix.ts'
import { type Tally, valuesOf } from './epoch.ts'
import { seenTally } from './seen-tally.ts'
import type { Work } from './work.ts'

/**
 * A run whose rows are read from storage in each pass: a batch epoch in two steps, sums of every chunk, then one
 * update.
 */
export function storedWork(planned: StoredPlan): Work {
  const { stored, task } = planned
  return {
    // Placeholder: a session needs resident rows.
    rows: { matrix: matrix(1, stored.columns, new Float32Array(stored.columns).fill(Number.NaN)) },
    epoch: (session, epoch, begin, watch) => storedEpoch(planned, session, epoch, begin, watch),
    async seen(session, { signal }) {
      const tally = seenTally(task.lattice, stored.rows, chunkRowsFor(planned))
      for await (const part of stored.parts()) tally.add(await session.match(part, { signal }), part.weights)
      return tally.done()
    },
    variance: () => planned.variance,
  }
}

async function storedEpoch(
  planned: StoredPlan,
  session: Session,
  epoch: number,
  begin: Tally,
  { signal, progress }: Watch,
): Promise<Tally> {
  const { stored } = planned
  const tree = mergeTree(mergeSums)
  let [step, index] = [0, 0]
  try {
    for await (const part of inChunks(stored.parts(), chunkRowsFor(planned))) {
      tree.add({ level: 0, index: index++, value: await session.sums(part, { signal }) })
      step += part.matrix.rows
      progress?.(step / stored.rows)
      if (signal?.aborted) return begin
    }
  } catch (error) {
    if (signal?.aborted) return begin
    throw error
  }
  if (index === 0) return begin
  const sums = tree.total(index)
  await session.update(sums, valuesOf(planned, epoch).radius)
  return { step: stored.rows, distance: sums.distance, weight: sums.weight }
}
