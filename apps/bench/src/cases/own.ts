import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { fastersom } from '../contenders/fastersom.ts'
import { jaxBatch } from '../contenders/jax-batch.ts'
import { minisom } from '../contenders/minisom.ts'
import { numpyBatch } from '../contenders/numpy-batch.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { somoclu } from '../contenders/somoclu.ts'
import { susi } from '../contenders/susi.ts'
import { torchsom } from '../contenders/torchsom.ts'
import { xpysom } from '../contenders/xpysom.ts'
import { batchWorkload } from '../workloads.ts'

/** Updates of the online peers, before their time is scaled up. */
const MOST_UPDATES = 5000
const OWN_RULES = 'MiniSom, SuSi and TorchSOM train by rules and schedules of their own: their maps need not agree.'

/** Batch training at the sizes of the command line, everyone beside everyone. */
export const own: Case = {
  name: 'own',
  title: 'Batch training at sizes of your own',
  async run(options) {
    const work = batchWorkload({ rows: 10_000, features: 16, map: [30, 30], epochs: 5 }, options)
    return compare(
      {
        name: 'own',
        title: own.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${work.rows} x ${work.features} clusters, ${work.updates / work.rows} epochs, gaussian, radius ${work.firstRadius} to ${work.lastRadius} exponentially`,
        work,
        ours: [nativeBackend, jsBackend],
        peers: [numpyBatch, jaxBatch, fastersom, torchsom, somoclu, xpysom, minisom, susi],
        // Their updates cost the same from the first to the last.
        parts: { MiniSom: MOST_UPDATES, SuSi: MOST_UPDATES },
        remarks: [OWN_RULES],
        targets: [],
      },
      options,
    )
  },
}
