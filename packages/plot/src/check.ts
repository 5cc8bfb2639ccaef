import { checkSom, type Lattice, type Som, suggest, throwIssues, unitCount } from '@som/core'

/** Throws a RangeError unless `som` is a map with the parts that a plot shows. */
export function checkMap(som: unknown, ...parts: readonly (keyof Som)[]): void {
  throwIssues((issues) => checkSom(som, issues, parts))
}

/** Throws unless there is one value per unit. */
export function checkPerUnit(name: string, lattice: Lattice, values: ArrayLike<unknown>): void {
  const units = unitCount(lattice)
  if (values.length === units) return
  throw new RangeError(`${name}: expected one per unit (${units}), found ${values.length}`)
}

/**
 * Throws if an option is not a finite number above `least` (or at least `least` if `inclusive`); otherwise returns it.
 */
export function checkNumber(name: string, value: number, least: number, inclusive = true): number {
  if (Number.isFinite(value) && (value > least || (inclusive && value === least))) return value
  throw new RangeError(
    `${name}: expected a finite number ${inclusive ? 'of at least' : 'above'} ${least}, found ${value}`,
  )
}

/** In px; a smaller plot has no room for its legend. */
const LEAST_SIZE = 50

/** Throws if a size in px is invalid; otherwise returns it. */
export function checkSize(size: number): number {
  return checkNumber('size', size, LEAST_SIZE)
}

/** Throws where options have a name that is not among `known`, as one that is misspelt would do nothing. */
export function checkNames(options: object, known: readonly string[]): void {
  const wrong = Object.keys(options).filter((name) => !known.includes(name))
  if (wrong.length === 0) return
  const named = wrong.map((name) => {
    const near = suggest(name, known)
    return near === undefined ? `${name}: no such option.` : `${name}: no such option; did you mean ${near}?`
  })
  throw new RangeError(`${named.join(' ')} Expected ${known.join(', ')}`)
}
