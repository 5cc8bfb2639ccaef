import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { fastersom } from '../contenders/fastersom.ts'
import { jaxBatch } from '../contenders/jax-batch.ts'
import { numpyBatch } from '../contenders/numpy-batch.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { somoclu } from '../contenders/somoclu.ts'
import { torchsom } from '../contenders/torchsom.ts'
import type { Workload } from '../workload.ts'
import { batchWorkload, type Sizes } from '../workloads.ts'

/** From here on the first epochs' prototypes lie closer together than f32 scores can tell. */
const MANY_UNITS = 10_000
/** Multiply-adds of somoclu's part, some seconds of its work. */
const SOMOCLU_WORK = 5e9
const ROUNDING =
  'Quality differs because the peers take the highest f32 score for the nearest unit: after an epoch of a wide radius neighbouring prototypes are closer than such scores can tell, and samples scatter among them. Som finds the nearest unit of the exact distances.'

/** Batch training beside the fastest batch peers. */
export function batchCase(
  name: string,
  title: string,
  sizes: Sizes & { readonly epochs: number; readonly data?: 'clusters' | 'uniform' },
  times: number,
): Case {
  return {
    name,
    title,
    async run(options) {
      const work = batchWorkload(sizes, options)
      const data = sizes.data ?? 'clusters'
      return compare(
        {
          name,
          title,
          setting: `${work.mapRows} x ${work.mapColumns} units, ${work.rows} x ${work.features} ${data}, ${work.updates / work.rows} epochs, gaussian, radius ${work.firstRadius} to ${work.lastRadius} exponentially`,
          work,
          // js takes minutes for all of it.
          ours: options.scale <= 0.1 ? [nativeBackend, jsBackend] : [nativeBackend],
          peers: [numpyBatch, jaxBatch, fastersom, somoclu, torchsom],
          parts: partsOf(work),
          targets: [{ ours: 'native', times }],
          remarks: sizes.map[0] * sizes.map[1] >= MANY_UNITS ? [ROUNDING] : [],
        },
        options,
      )
    },
  }
}

/**
 * The slowest do less, where all would take minutes: their epochs cost the same from the first to the last, and each
 * sample of an epoch as much as another.
 */
function partsOf({ rows, features, mapRows, mapColumns, updates }: Workload): Record<string, number> {
  const affordable = Math.floor(SOMOCLU_WORK / (mapRows * mapColumns * features))
  return affordable >= updates ? {} : { somoclu: Math.min(rows, affordable), TorchSOM: rows }
}
