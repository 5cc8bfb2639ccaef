import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { minisom } from '../contenders/minisom.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { batchWorkload } from '../workloads.ts'

/**
 * Batch training by the js backend beside MiniSom's online training, for the same number of passes over the samples.
 */
export const minisomEpochs: Case = {
  name: 'minisom-epochs',
  title: "Batch training beside MiniSom's online training, for the same epochs",
  async run(options) {
    const work = batchWorkload({ rows: 5000, features: 16, map: [20, 20], epochs: 10 }, options)
    return compare(
      {
        name: 'minisom-epochs',
        title: minisomEpochs.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${work.rows} x ${work.features} clusters, ${work.updates / work.rows} epochs`,
        work,
        ours: [jsBackend, nativeBackend],
        peers: [minisom],
        parts: { MiniSom: Math.min(work.updates, 10_000) },
        ownRules: true,
        targets: [{ ours: 'js', over: ['MiniSom'], times: 1 }],
      },
      options,
    )
  },
}
