import type { NearestUnits } from '../backend/backend.ts'

/** Neighbours of each row, and the share of a row's say that comes from them. */
export const NEIGHBOURS = 5
const FROM_NEIGHBOURS = 0.9
/** By then the rest is below a thousandth: 0.9¹⁰⁰. */
const STEPS = 100

/**
 * Gives rows without a class that of the rows around them: D. Zhou et al., Learning with Local and Global Consistency
 * (2004). Two rows are neighbours if one is among the nearest of the other. `places` has the class of each row, -1 for
 * none; rows that no class has reached keep -1. Totals of the classes are brought to those of the rows that have one.
 */
export function spreadClasses(near: NearestUnits, places: Int32Array, classes: number): Int32Array {
  const { offsets, others } = graphOf(near, places.length)
  const degree = (i: number): number => offsets[i + 1] - offsets[i]
  const known = new Float64Array(places.length * classes)
  const counts = new Float64Array(classes)
  places.forEach((place, i) => {
    if (place < 0) return
    known[i * classes + place] = 1
    counts[place]++
  })
  let said = known.slice()
  for (let step = 0; step < STEPS; step++) {
    const next = known.map((x) => (1 - FROM_NEIGHBOURS) * x)
    for (let i = 0; i < places.length; i++) {
      for (let e = offsets[i]; e < offsets[i + 1]; e++) {
        const share = FROM_NEIGHBOURS / Math.sqrt(degree(i) * degree(others[e]))
        for (let c = 0; c < classes; c++) next[i * classes + c] += share * said[others[e] * classes + c]
      }
    }
    said = next
  }
  const totals = new Float64Array(classes)
  for (let at = 0; at < said.length; at++) totals[at % classes] += said[at]
  return places.map((place, i) => {
    if (place >= 0) return place
    let best = -1
    let most = 0
    for (let c = 0; c < classes; c++) {
      const value = totals[c] > 0 ? (said[i * classes + c] / totals[c]) * counts[c] : 0
      if (value > most) [best, most] = [c, value]
    }
    return best
  })
}

/** Neighbours of each row, in both directions, each once. */
function graphOf(
  { k, unit }: NearestUnits,
  rows: number,
): { readonly offsets: Uint32Array; readonly others: Uint32Array } {
  const sets = Array.from({ length: rows }, () => new Set<number>())
  for (let i = 0; i < rows; i++) {
    let count = 0
    for (let j = 0; j < k && count < NEIGHBOURS; j++) {
      const other = unit[i * k + j]
      if (other < 0 || other === i) continue
      sets[i].add(other)
      sets[other].add(i)
      count++
    }
  }
  const offsets = new Uint32Array(rows + 1)
  for (let i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + sets[i].size
  const others = new Uint32Array(offsets[rows])
  for (let i = 0; i < rows; i++)
    others.set(
      [...sets[i]].sort((a, b) => a - b),
      offsets[i],
    )
  return { offsets, others }
}
