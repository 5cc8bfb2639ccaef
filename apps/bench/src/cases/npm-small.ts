import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { mlSom } from '../contenders/ml-som.ts'
import { jsBackend, jsCut, nativeBackend, nativeCut } from '../contenders/ours.ts'
import { seracio } from '../contenders/seracio.ts'
import { smallData, smallWorkload } from './small.ts'

/** The js backend beside the packages on npm, on a small map. */
export const npmSmall: Case = {
  name: 'npm-small',
  title: 'Online training beside the npm packages, small map',
  async run(options) {
    const work = smallWorkload(options)
    return compare(
      {
        name: 'npm-small',
        title: npmSmall.title,
        setting: `${work.mapRows} x ${work.mapColumns} units, ${smallData(work)}, ${work.updates} updates; training alone, in a warm process`,
        work,
        ours: [jsBackend, jsCut, nativeBackend, nativeCut],
        peers: [mlSom, seracio],
        ownRules: true,
        targets: [{ ours: 'js', over: ['ml-som', '@seracio/kohonen'], times: 10 }],
      },
      options,
    )
  },
}
