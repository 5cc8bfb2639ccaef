import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { scipySparse } from '../contenders/scipy-sparse.ts'
import { sparseSom } from '../contenders/sparse-som.ts'
import { sparseWorkload } from '../workloads.ts'

/** Sparse rows, as from texts. */
export const w7: Case = {
  name: 'w7',
  title: 'Batch training on sparse rows',
  async run(options) {
    const work = sparseWorkload({ rows: 20_000, features: 10_000, map: [50, 50], epochs: 5, perRow: 50 }, options)
    return compare(
      {
        name: 'w7',
        title: w7.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${work.rows} x ${work.features} of which 50 a row are not zero, ${work.updates / work.rows} epochs, gaussian, radius ${work.firstRadius} to ${work.lastRadius} exponentially`,
        work,
        ours: options.scale < 1 ? [nativeBackend, jsBackend] : [nativeBackend],
        peers: [sparseSom, scipySparse],
        targets: [{ ours: 'native', times: 4 }],
      },
      options,
    )
  },
}
