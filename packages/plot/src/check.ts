import { type Lattice, unitCount } from '@som/core'

/** Throws where there is not one value a unit. */
export function checkPerUnit(name: string, lattice: Lattice, values: ArrayLike<unknown>): void {
  const units = unitCount(lattice)
  if (values.length === units) return
  throw new RangeError(`${name}: expected one for each of ${units} units, found ${values.length}`)
}

/** Throws where an option is not a finite number above `least`, or of at least that where `inclusive`; gives it back otherwise. */
export function checkNumber(name: string, value: number, least: number, inclusive = true): number {
  if (Number.isFinite(value) && (value > least || (inclusive && value === least))) return value
  throw new RangeError(
    `${name}: expected a finite number ${inclusive ? 'of at least' : 'above'} ${least}, found ${value}`,
  )
}

/** px: below this a plot has no room for its own legend. */
const LEAST_SIZE = 50

/** Throws where a size in px is none to draw at; gives it back otherwise. */
export function checkSize(size: number): number {
  return checkNumber('size', size, LEAST_SIZE)
}
