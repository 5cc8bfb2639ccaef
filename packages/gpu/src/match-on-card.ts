import { chooseRows, type Matrix } from '@som/core'
import type { Matches, Session, Watch } from '@som/core/backend'
import type { ReadyRows } from './ready-rows.ts'
import { type Settling, settler } from './settle.ts'
import type { Shortlist } from './shortlist.ts'

/** Rows that the card compares with a codebook. */
export interface ToMatch extends Settling {
  readonly rows: Matrix
  readonly ready: ReadyRows
  /** The shortlists of the rows, part by part. */
  readonly parts: AsyncIterable<{ readonly first: number; readonly rows: number; readonly shortlist: Shortlist }>
}

/**
 * Matches rows: the card finds shortlists, the definition decides among the few units in them, and rows for which that
 * proves nothing are matched by `rest`.
 */
export async function matchOnCard(
  { rows, ready, parts, ...settling }: ToMatch,
  rest: Session,
  watch?: Watch,
): Promise<Matches> {
  const seconds = settling.second ? rows.rows : 0
  const matches: Matches = {
    unit: new Int32Array(rows.rows),
    distance: new Float32Array(rows.rows),
    secondUnit: new Int32Array(seconds),
    secondDistance: new Float32Array(seconds),
  }
  const settle = settler(settling, rows, matches)
  const left: number[] = []
  for await (const { first, rows: count, shortlist } of parts) {
    for (let at = 0; at < count; at++) {
      const i = first + at
      if (ready.fit[i] === 0 || !settle(i, at, shortlist)) left.push(i)
    }
    watch?.progress?.((first + count) / rows.rows)
    watch?.signal?.throwIfAborted()
  }
  if (left.length > 0)
    await matchRest(rows, Uint32Array.from(left), matches, rest, { second: settling.second, signal: watch?.signal })
  return matches
}

async function matchRest(
  rows: Matrix,
  left: Uint32Array,
  matches: Matches,
  rest: Session,
  options: { readonly second: boolean; readonly signal?: AbortSignal },
): Promise<void> {
  const found = await rest.match({ matrix: chooseRows(rows, left) }, options)
  left.forEach((i, at) => {
    matches.unit[i] = found.unit[at]
    matches.distance[i] = found.distance[at]
    if (!options.second) return
    matches.secondUnit[i] = found.secondUnit[at]
    matches.secondDistance[i] = found.secondDistance[at]
  })
}
