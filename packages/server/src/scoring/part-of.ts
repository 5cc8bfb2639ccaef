import type { Matches } from '@som/core/backend'

/** The matches of the rows from `from` up to `to`: a view, not a copy. */
export const partOf = (found: Matches, from: number, to: number): Matches => ({
  unit: found.unit.subarray(from, to),
  distance: found.distance.subarray(from, to),
  secondUnit: found.secondUnit.subarray(from, to),
  secondDistance: found.secondDistance.subarray(from, to),
})
