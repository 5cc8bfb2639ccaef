import { chooseRows, rowOf } from '@som/core'
import type { Matches, Session, Watch } from '@som/core/backend'
import type { Card } from './card.ts'
import { compareOn } from './compare.ts'
import { FORMS, type FormName } from './forms.ts'
import type { RowsOnCard } from './rows-on-card.ts'
import { LEFT } from './wgsl/settle.ts'

/** How rows are matched. */
export interface Matching extends Watch {
  readonly form: FormName
  /** From `ratioOf`. */
  readonly ratio: number
  readonly second: boolean
  /** Prototypes at the scale of the rows, and their number. */
  readonly w: GPUBuffer
  readonly units: number
}

/** Matches rows on the card. Those that it cannot settle are matched by `rest`, with every unit. */
export async function matchOnCard(card: Card, rows: RowsOnCard, matching: Matching, rest: Session): Promise<Matches> {
  const { form, ratio, second, w, units, signal, progress } = matching
  const { matrix, ready } = rows
  const seconds = second ? matrix.rows : 0
  const matches: Matches = {
    unit: new Int32Array(matrix.rows),
    distance: new Float32Array(matrix.rows),
    secondUnit: new Int32Array(seconds),
    secondDistance: new Float32Array(seconds),
  }
  const left: number[] = []
  // A difference is multiplied by the scale once in a sum, and twice in a sum of squares.
  const scale = form === 'euclidean' ? ready.scale * ready.scale : ready.scale
  const distance = (sum: number, i: number): number =>
    FORMS[form].distance(sum / scale, () => (ready.holes ? presentIn(rowOf(matrix, i)) : matrix.columns))
  for (const { x, within, first, rows: count } of rows.parts(units)) {
    const part = { x, first: within, rows: count, w, units, features: matrix.columns }
    const settled = await compareOn(card, { form, ratio, second, holes: ready.holes, ...part })
    for (let at = 0; at < count; at++) {
      const i = first + at
      if (ready.fit[i] === 0 || settled.units[at] === LEFT) {
        left.push(i)
        continue
      }
      matches.unit[i] = settled.units[at]
      matches.distance[i] = distance(settled.sums[at], i)
      if (!second) continue
      matches.secondUnit[i] = settled.units[count + at]
      matches.secondDistance[i] = distance(settled.sums[count + at], i)
    }
    progress?.((first + count) / matrix.rows)
    signal?.throwIfAborted()
  }
  if (left.length > 0)
    copyMatches(
      await rest.match({ matrix: chooseRows(matrix, Uint32Array.from(left)) }, { second, signal }),
      left,
      matches,
    )
  return matches
}

function presentIn(row: Float32Array): number {
  return row.reduce((present, value) => (Number.isNaN(value) ? present : present + 1), 0)
}

/** Puts the matches of chosen rows where they belong. */
function copyMatches(found: Matches, chosen: readonly number[], matches: Matches): void {
  chosen.forEach((i, at) => {
    matches.unit[i] = found.unit[at]
    matches.distance[i] = found.distance[at]
    if (matches.secondUnit.length === 0) return
    matches.secondUnit[i] = found.secondUnit[at]
    matches.secondDistance[i] = found.secondDistance[at]
  })
}
