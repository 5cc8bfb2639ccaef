import type { Session } from '../backend/backend.ts'
import { mergeSums } from '../backend/merge-sums.ts'
import { mergeTree } from '../chunks/merge-tree.ts'
import { sumsOfNumbers } from '../chunks/packed.ts'
import type { SpreadPlan } from '../plan/run-plan.ts'
import { matrix } from '../rows/matrix.ts'
import { type Found, named, numbersOfFeatures } from '../spread/pass.ts'
import { valuesOf } from './epoch.ts'
import { seenTally } from './seen-tally.ts'
import type { Work } from './work.ts'

/** A run whose rows workers hold: they give the sums of an epoch, and the update is made here. */
export function spreadWork(planned: SpreadPlan): Work {
  const { spread, task, features, chunkRows } = planned
  const preprocessing = numbersOfFeatures(features)
  const ask = async (session: Session, ask: 'sums' | 'tally'): Promise<readonly Found[]> => {
    const numbers = [preprocessing, (await session.codebook()).data]
    return spread.pass({ ask, columns: spread.features, chunkRows, features, task, numbers })
  }
  return {
    // Placeholder: a session needs resident rows.
    rows: { matrix: matrix(1, features.length, new Float32Array(features.length).fill(Number.NaN)) },
    async epoch(session, epoch, begin, { signal }) {
      const tree = mergeTree(mergeSums)
      for (const { value, ...node } of await ask(session, 'sums')) tree.add({ ...node, value: sumsOfNumbers(value) })
      if (signal?.aborted) return begin
      const sums = tree.total(Math.ceil(spread.rows / chunkRows))
      await session.update(sums, valuesOf(planned, epoch).radius)
      return { step: spread.rows, distance: sums.distance, weight: sums.weight }
    },
    async seen(session, { signal }) {
      const found = await ask(session, 'tally')
      signal?.throwIfAborted()
      const tally = seenTally(task.lattice, spread.rows, chunkRows)
      for (const node of named(found, 'tally')) tally.take(node)
      for (const { value } of named(found, 'distances')) tally.takeDistances(value[0])
      return tally.done()
    },
    variance: () => planned.variance,
  }
}
