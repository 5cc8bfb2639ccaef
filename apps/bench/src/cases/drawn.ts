import fc from 'fast-check'
import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { fastersom } from '../contenders/fastersom.ts'
import { jaxBatch } from '../contenders/jax-batch.ts'
import { numpyBatch } from '../contenders/numpy-batch.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import { somoclu } from '../contenders/somoclu.ts'
import { torchsom } from '../contenders/torchsom.ts'
import { batchWorkload } from '../workloads.ts'

/** A case that nobody chose. */
interface Drawn {
  readonly rows: number
  readonly features: number
  readonly map: readonly [rows: number, columns: number]
  readonly epochs: number
  readonly data: 'clusters' | 'uniform'
  readonly seed: number
}

/** As likely from 10 to 100 as from 1,000 to 10,000. */
const size = (least: number, most: number): fc.Arbitrary<number> =>
  // A drawn double is one of all doubles, of which most are small.
  fc.integer({ min: 0, max: 1000 }).map((part) => Math.round(least * (most / least) ** (part / 1000)))

const drawing: fc.Arbitrary<Drawn> = fc.record({
  rows: size(100, 30_000),
  features: size(1, 256),
  map: fc.tuple(size(2, 60), size(2, 60)),
  epochs: fc.integer({ min: 2, max: 8 }),
  data: fc.constantFrom('clusters', 'uniform'),
  seed: fc.nat(),
})

/**
 * `count` cases drawn by fast-check: the same ones for the same seed. Sizes of the command line stand in for those that
 * are drawn.
 */
export function drawnCases(count: number, seed: number): Case[] {
  // Without its bias towards the smallest, which is for finding faults.
  return fc.sample(fc.noBias(drawing), { numRuns: count, seed }).map((drawn, i): Case => {
    const name = `drawn-${seed}-${i + 1}`
    const title = `Batch training, drawn: --drawn ${count} --seed ${seed}`
    return {
      name,
      title,
      run(options) {
        const work = batchWorkload(drawn, { ...options, seed: drawn.seed })
        return compare(
          {
            name,
            title,
            setting: `${work.mapRows} x ${work.mapColumns} units, ${work.rows} x ${work.features} ${drawn.data} of seed ${drawn.seed}, ${work.updates / work.rows} epochs, radius ${work.firstRadius} to ${work.lastRadius}`,
            work,
            ours: [nativeBackend, jsBackend],
            peers: [numpyBatch, jaxBatch, fastersom, torchsom, somoclu],
            targets: [],
          },
          options,
        )
      },
    }
  })
}
