import { type Lattice, unitCount } from '@som/core'

/** Throws where there is not one value a unit. */
export function checkPerUnit(name: string, lattice: Lattice, values: ArrayLike<unknown>): void {
  const units = unitCount(lattice)
  if (values.length === units) return
  throw new RangeError(`${name}: expected one for each of ${units} units, found ${values.length}`)
}
