import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { jaxBest, jaxScan } from '../contenders/jax-best.ts'
import { jaxSeed } from '../contenders/jax-seed.ts'
import { naiveLoops } from '../contenders/naive-loops.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { cached, uniform } from '../draw.ts'
import { onlineWorkload } from '../workloads.ts'

const COLOURS = 20
const ITERATIONS = 1000

/** The challenge's headline: a very large map, few samples, one update at a time. */
export const w1: Case = {
  name: 'w1',
  title: 'The seed case: online training of a very large map on 20 colours',
  async run(options) {
    const rows = options.rows ?? COLOURS
    const features = options.features ?? 3
    const map = options.map ?? ([1000, 1000] as const)
    const updates = options.updates ?? Math.max(1, Math.round(ITERATIONS * options.scale)) * rows
    const samples = cached('colours', { rows, features, seed: options.seed }, [rows, features], () =>
      uniform(rows * features, options.seed, 'colours'),
    )
    const run = { rows, features, map, samples, updates, least: 0, most: 1, order: 'sequential' } as const
    const work = onlineWorkload({ ...run, firstRadius: Math.max(...map) / 2, lastRadius: 1 }, options)
    return compare(
      {
        name: 'w1',
        title: w1.title,
        setting: `${map.join(' x ')} units, ${rows} x ${features} uniform, ${updates} updates, gaussian, radius ${Math.max(...map) / 2} to 1 and learning rate 0.5 to 0.01, exponentially`,
        work,
        // js takes minutes for all of it.
        ours: updates <= 2000 ? [nativeBackend, jsBackend] : [nativeBackend],
        peers: [jaxBest, jaxScan, jaxSeed, naiveLoops],
        // Their updates cost the same from the first to the last.
        parts: {
          jax_best: Math.min(2000, updates),
          jax_scan: Math.min(1000, updates),
          jax_seed: Math.min(200, updates),
          // One update is a loop over all units: seconds, where there are a million.
          'naive loops': 1,
        },
        targets: [
          { ours: 'native', over: ['jax_seed'], times: 150 },
          { ours: 'native', over: ['jax_scan'], times: 15 },
          { ours: 'native', over: ['jax_best'], times: 15 },
        ],
      },
      options,
    )
  },
}
