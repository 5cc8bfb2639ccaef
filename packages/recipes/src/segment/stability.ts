import {
  type Backend,
  type ClusterMethod,
  clusterPrepared,
  clustersOfRows,
  match,
  prepareRows,
  random,
  type Samples,
  type TrainOptions,
  train,
} from '@som/core'
import { rowsAt } from './columns.ts'
import { foundAgain } from './jaccard.ts'
import { unitsFor } from './units-for.ts'

/** Words for Hennig's means, from the highest down. */
export const STABILITIES = [
  { from: 0.85, word: 'very stable' },
  { from: 0.75, word: 'stable' },
  { from: 0.6, word: 'doubtful' },
  { from: 0, word: 'unstable' },
] as const

/** How well a segment is found again in resampled rows. */
export interface Stability {
  /** Mean over the draws of its Jaccard similarity to the most similar segment; NaN if it never had a row. */
  readonly mean: number
  /** The number of draws in which it dissolved (a similarity of at most a half), and in which it had a row. */
  readonly lost: number
  readonly draws: number
}

/** The most rows to draw from, to bound the cost of a draw. */
export const MOST_DRAWN = 1000
const EPOCHS = 10
/** Fewer codebooks than for the segments: the number of them is given. */
const QUICK = { checks: 1 }

/** The work repeated in each draw. */
export interface Again {
  readonly samples: Samples
  /** The segment of each row; below 0 for none. */
  readonly of: ArrayLike<number>
  readonly count: number
  readonly options: Omit<TrainOptions, 'samples' | 'lattice' | 'epochs' | 'seed'>
  readonly method: ClusterMethod
  readonly draws: number
  readonly seed: number
}

/**
 * The stability of each segment: rows are drawn with replacement (from a thousand of them, if there are more), a new
 * map is trained on them and divided into the same number of segments, and each segment is compared with the most
 * similar new one. Null if the signal aborted.
 */
export async function stabilityOf(again: Again, { progress, ...runtime }: Runtime): Promise<Stability[] | null> {
  const base = someRows(again.samples.rows, again.seed)
  const drawn: (Float64Array | null | undefined)[] = []
  let [next, done] = [0, 0]
  let stopped = false
  const drawOn = async (): Promise<void> => {
    while (next < again.draws && !stopped) {
      const draw = next++
      drawn[draw] = await oneDraw(draw, base, again, runtime)
      if (drawn[draw] === undefined) stopped = true
      progress?.(++done / again.draws)
    }
  }
  // While one draw waits for the backend, another one works.
  await Promise.all(Array.from({ length: AT_ONCE }, drawOn))
  if (stopped) return null
  const sums = Array.from({ length: again.count }, () => ({ sum: 0, lost: 0, draws: 0 }))
  for (const likenesses of drawn) {
    likenesses?.forEach((likeness, k) => {
      if (Number.isNaN(likeness)) return
      sums[k].sum += likeness
      sums[k].draws++
      if (likeness <= 0.5) sums[k].lost++
    })
  }
  return sums.map(({ sum, lost, draws }) => ({ mean: draws > 0 ? sum / draws : Number.NaN, lost, draws }))
}

interface Runtime {
  readonly backend: Backend
  readonly signal?: AbortSignal
  /** Called with the finished share of the draws, 0 to 1. */
  readonly progress?: (share: number) => void
}

/** Draws that are under way at the same time. */
const AT_ONCE = 3

/** How well each segment is found again in one draw; null where that says nothing, undefined if the signal aborted. */
async function oneDraw(
  draw: number,
  base: readonly number[],
  { samples, of, count, options, method, seed }: Again,
  runtime: Omit<Runtime, 'progress'>,
): Promise<Float64Array | null | undefined> {
  const source = random(seed, 'segments', 'draw', draw)
  const chosen = base.map(() => base[Math.min(base.length - 1, Math.floor(source() * base.length))])
  const distinct = [...new Set(chosen)]
  const lattice = { units: unitsFor(chosen.length) }
  const rows = rowsAt(samples, chosen)
  const trained = await train({ ...options, samples: rows, lattice, epochs: EPOCHS, seed: draw }, runtime)
  // All drawn rows may be identical: then no segment is found again.
  if (trained.isErr) return null
  if (trained.value.seen === null) return undefined
  const prepared = prepareRows(trained.value, rows)
  if (prepared.isErr) return null
  const clustered = await clusterPrepared(
    trained.value,
    prepared.value,
    { method, count, seed: draw, ...QUICK },
    runtime,
  )
  const groups = distinct.map((row) => of[row])
  if (clustered.isErr) return foundAgain(groups, count, new Int32Array(groups.length))
  const matched = await match(trained.value, rowsAt(samples, distinct), { ...runtime, second: false })
  if (matched.isErr) return null
  return foundAgain(groups, count, clustersOfRows(clustered.value.clusters, matched.value))
}

/** The word for a mean similarity. */
export function stabilityWord(mean: number): string {
  return STABILITIES.find(({ from }) => mean >= from)?.word ?? 'not known'
}

/** All rows, or as many as are drawn from, in ascending order. */
function someRows(rows: number, seed: number): number[] {
  if (rows <= MOST_DRAWN) return Array.from({ length: rows }, (_, row) => row)
  const source = random(seed, 'segments', 'some')
  const taken: number[] = []
  // Vitter's algorithm S: takes each row with its remaining probability.
  for (let row = 0; taken.length < MOST_DRAWN; row++)
    if (source() * (rows - row) < MOST_DRAWN - taken.length) taken.push(row)
  return taken
}
