import type { Matches } from '../../backend/backend.ts'

/** The second-best units of matches. Throws if they were not computed: a measure of them would be meaningless. */
export function secondUnitsOf({ unit, secondUnit }: Matches): Int32Array {
  if (secondUnit.length === unit.length) return secondUnit
  throw new RangeError(
    `matches: expected a second-best unit for each of ${unit.length} rows, found ${secondUnit.length}: match without second: false`,
  )
}
