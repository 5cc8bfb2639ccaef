import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { mlSom } from '../contenders/ml-som.ts'
import { jsBackend, jsCut, nativeBackend, nativeCut } from '../contenders/ours.ts'
import { seracio } from '../contenders/seracio.ts'
import { clusterFile, onlineWorkload, sized } from '../workloads.ts'

/** The js backend beside the packages on npm, on a larger map. */
export const npmLarge: Case = {
  name: 'npm-large',
  title: 'Online training beside the npm packages, larger map',
  async run(options) {
    const { rows, features, map } = sized({ rows: 10_000, features: 16, map: [60, 60] }, options)
    const updates = options.updates ?? 2 * rows
    const run = { rows, features, map, updates, least: -5, most: 5, order: 'shuffled', lastRadius: 0.5 } as const
    const samples = clusterFile(rows, features, options.seed)
    const work = onlineWorkload({ ...run, samples, firstRadius: Math.max(...map) / 4 }, options)
    return compare(
      {
        name: 'npm-large',
        title: npmLarge.title,
        setting: `${map.join(' x ')} units, ${rows} x ${features} clusters, ${updates} updates, radius ${work.firstRadius} to 0.5; training alone, in a warm process`,
        work,
        ours: [jsBackend, jsCut, nativeBackend, nativeCut],
        peers: [mlSom, seracio],
        // Its updates cost the same from the first to the last.
        parts: { '@seracio/kohonen': Math.min(updates, 500) },
        ownRules: true,
        targets: [{ ours: 'js', over: ['ml-som', '@seracio/kohonen'], times: 10 }],
      },
      options,
    )
  },
}
