import { type Backend, clusterUnits, match, random, type Samples, type TrainOptions, train } from '@som/core'
import { rowsAt } from './columns.ts'
import { foundAgain } from './jaccard.ts'
import { unitsFor } from './units-for.ts'

/** What Hennig's means are taken to say, from the highest on. */
export const STABILITIES = [
  { from: 0.85, word: 'very stable' },
  { from: 0.75, word: 'stable' },
  { from: 0.6, word: 'doubtful' },
  { from: 0, word: 'unstable' },
] as const

/** How well a segment is found again in rows drawn anew. */
export interface Stability {
  /** Mean over the draws of its Jaccard likeness to the segment that is most like it; NaN where it could not be looked for. */
  readonly mean: number
  /** In how many draws it fell apart (a likeness of at most a half), and how many draws it had a row in. */
  readonly lost: number
  readonly draws: number
}

/** Rows that are drawn from, at most: the cost of a draw is bounded so. */
export const MOST_DRAWN = 1000
const EPOCHS = 10

/** What is done anew in each draw. */
export interface Again {
  readonly samples: Samples
  /** The segment of each row, below 0 for none. */
  readonly of: ArrayLike<number>
  readonly count: number
  readonly options: Omit<TrainOptions, 'samples' | 'lattice' | 'epochs' | 'seed'>
  readonly method: Parameters<typeof clusterUnits>[1] & object
  readonly draws: number
  readonly seed: number
}

/**
 * The stability of each segment: rows are drawn with replacement (from a thousand of them, where there are more), a map is trained on them from scratch and cut into as many
 * segments, and each segment looks for the one most like it among the rows drawn. Null where the signal aborted.
 */
export async function stabilityOf(
  { samples, of, count, options, method, draws, seed }: Again,
  runtime: { readonly backend: Backend; readonly signal?: AbortSignal },
): Promise<Stability[] | null> {
  const base = someRows(samples.rows, seed)
  const sums = Array.from({ length: count }, () => ({ sum: 0, lost: 0, draws: 0 }))
  for (let draw = 0; draw < draws; draw++) {
    const source = random(seed, 'segments', 'draw', draw)
    const chosen = base.map(() => base[Math.min(base.length - 1, Math.floor(source() * base.length))])
    const distinct = [...new Set(chosen)]
    const lattice = { units: unitsFor(chosen.length) }
    const rows = rowsAt(samples, chosen)
    const trained = await train({ ...options, samples: rows, lattice, epochs: EPOCHS, seed: draw }, runtime)
    // Rows drawn may all be the same: nothing is found again then.
    if (trained.isErr) continue
    if (trained.value.seen === null) return null
    const clustered = clusterUnits(trained.value, { ...method, count, seed: draw })
    const { clusters } = clustered.unwrapOrElse(() => ({ clusters: undefined }))
    const found = new Int32Array(samples.rows).fill(clusters ? -1 : 0)
    if (clusters) {
      const matched = await match(trained.value, rowsAt(samples, distinct), { ...runtime, second: false })
      if (matched.isErr) continue
      distinct.forEach((row, at) => {
        const unit = matched.value.unit[at]
        found[row] = unit < 0 ? -1 : clusters.of[unit]
      })
    }
    foundAgain(of, count, found, distinct).forEach((likeness, k) => {
      if (Number.isNaN(likeness)) return
      sums[k].sum += likeness
      sums[k].draws++
      if (likeness <= 0.5) sums[k].lost++
    })
  }
  return sums.map(({ sum, lost, draws }) => ({ mean: draws > 0 ? sum / draws : Number.NaN, lost, draws }))
}

/** What a mean likeness is called. */
export function stabilityWord(mean: number): string {
  return STABILITIES.find(({ from }) => mean >= from)?.word ?? 'not known'
}

/** All rows, or as many as are drawn from, ascending. */
function someRows(rows: number, seed: number): number[] {
  const all = Array.from({ length: rows }, (_, row) => row)
  if (rows <= MOST_DRAWN) return all
  const source = random(seed, 'segments', 'some')
  // Vitter's algorithm S: each row with the chance that is left for it.
  let wanted = MOST_DRAWN
  return all.filter((row) => {
    const taken = source() * (rows - row) < wanted
    if (taken) wanted--
    return taken
  })
}
