import type { Matches } from '../backend/backend.ts'
import { squaredDistanceOfRows } from '../read/cluster/points.ts'
import type { Matrix } from '../rows/matrix.ts'

/** Rows on a map with what they are called; an empty label is not known. */
export interface Labelled {
  readonly unit: Matches['unit']
  readonly labels: readonly string[]
  readonly weights?: Float32Array
}

/**
 * The share of held-out rows whose label is not that of their unit: the commonest among the training rows of the unit,
 * or of the unit with a labelled row whose prototype is nearest. Rows without a unit or a label are left out; NaN where
 * none is left.
 */
export function labelError(codebook: Matrix, trained: Labelled, heldOut: Labelled): number {
  const known = commonest(trained)
  const ofUnit = new Map<number, string | undefined>()
  const labelOf = (unit: number): string | undefined => {
    if (!ofUnit.has(unit)) ofUnit.set(unit, known.get(unit) ?? known.get(nearest(codebook, unit, known.keys())))
    return ofUnit.get(unit)
  }
  let wrong = 0
  let total = 0
  heldOut.labels.forEach((label, row) => {
    const unit = heldOut.unit[row]
    if (unit < 0 || label === '') return
    const weight = heldOut.weights?.[row] ?? 1
    total += weight
    if (labelOf(unit) !== label) wrong += weight
  })
  return wrong / total
}

/** Whether labels can tell maps apart: two of them have two rows each. */
export function canRank(labels: readonly string[] | undefined): labels is readonly string[] {
  const once = new Set<string>()
  const again = new Set<string>()
  for (const label of labels ?? []) if (label !== '') (once.has(label) ? again : once).add(label)
  return again.size >= 2
}

/** The label of most weight for each unit that has one; the first in the alphabet of two. */
function commonest({ unit, labels, weights }: Labelled): Map<number, string> {
  const tallies = new Map<number, Map<string, number>>()
  labels.forEach((label, row) => {
    if (unit[row] < 0 || label === '') return
    const tally = tallies.get(unit[row]) ?? new Map<string, number>()
    tallies.set(unit[row], tally.set(label, (tally.get(label) ?? 0) + (weights?.[row] ?? 1)))
  })
  return new Map(
    [...tallies].map(([of, tally]) => {
      const [[label]] = [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return [of, label]
    }),
  )
}

function nearest(codebook: Matrix, unit: number, others: Iterable<number>): number {
  let [found, least] = [-1, Number.POSITIVE_INFINITY]
  for (const other of others) {
    const d = squaredDistanceOfRows(codebook, unit, codebook, other)
    if (d < least || (d === least && other < found)) [found, least] = [other, d]
  }
  return found
}
