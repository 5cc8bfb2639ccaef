import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { fastersom } from '../contenders/fastersom.ts'
import { minisom } from '../contenders/minisom.ts'
import { mlSom } from '../contenders/ml-som.ts'
import { naiveLoops } from '../contenders/naive-loops.ts'
import { jsBackend, jsBatch, nativeBackend, nativeBatch } from '../contenders/ours.ts'
import { seracio } from '../contenders/seracio.ts'
import { somoclu } from '../contenders/somoclu.ts'
import { susi } from '../contenders/susi.ts'
import { torchsom } from '../contenders/torchsom.ts'
import { xpysom } from '../contenders/xpysom.ts'
import { smallData, smallWorkload } from './small.ts'

/** A small job, where starting counts as much as computing. */
export const w6: Case = {
  name: 'w6',
  title: 'A small map from start to end of the process',
  async run(options) {
    const work = smallWorkload(options)
    return compare(
      {
        name: 'w6',
        title: w6.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${smallData(work)}, ${work.updates} updates; seconds are those of the whole process, data read from a file`,
        work: { ...work, wholeProcess: true, repeats: Math.max(3, work.repeats) },
        ours: [nativeBackend, nativeBatch, jsBackend, jsBatch],
        peers: [xpysom, mlSom, minisom, fastersom, torchsom, somoclu, susi, seracio, naiveLoops],
        ownRules: true,
        // Like beside like: quality counts with speed, and the rules end at very different errors.
        targets: [
          { ours: 'native, batch', times: 1 },
          { ours: 'native', over: ['ml-som', 'MiniSom', '@seracio/kohonen'], times: 1 },
        ],
      },
      options,
    )
  },
}
