import type { EpochSums, Session, Watch } from './backend.ts'
import { type Tally, valuesOf } from './epoch.ts'
import { matrix } from './matrix.ts'
import { mergeSums } from './merge-sums.ts'
import type { StoredPlan } from './plan-stored.ts'
import type { Work } from './run-epochs.ts'
import { seenTally } from './seen-tally.ts'

/** A run whose rows are read anew in each pass: the batch epoch cut in two, sums of every part, then one update. */
export function storedWork(planned: Omit<StoredPlan, 'work'>): Work {
  const { stored, task } = planned
  return {
    // A session wants rows of its own; these are none.
    rows: { matrix: matrix(1, stored.columns, new Float32Array(stored.columns).fill(Number.NaN)) },
    epoch: (session, epoch, begin, watch) => storedEpoch(planned, session, epoch, begin, watch),
    async seen(session, { signal }) {
      const tally = seenTally(task.lattice, stored.rows)
      for await (const part of stored.parts()) tally.add(await session.match(part, { signal }), part.weights)
      return tally.done()
    },
    spread: () => Math.sqrt(planned.variance) || 1,
  }
}

async function storedEpoch(
  planned: Omit<StoredPlan, 'work'>,
  session: Session,
  epoch: number,
  begin: Tally,
  { signal, progress }: Watch,
): Promise<Tally> {
  const { stored } = planned
  let sums: EpochSums | undefined
  let step = 0
  try {
    for await (const part of stored.parts()) {
      const found = await session.sums(part, { signal })
      sums = sums === undefined ? found : mergeSums(sums, found)
      step += part.matrix.rows
      progress?.(step / stored.rows)
      if (signal?.aborted) return begin
    }
  } catch (error) {
    if (signal?.aborted) return begin
    throw error
  }
  if (sums === undefined) return begin
  await session.update(sums, valuesOf(planned, epoch).radius)
  return { step: stored.rows, distance: sums.distance, weight: sums.weight }
}
