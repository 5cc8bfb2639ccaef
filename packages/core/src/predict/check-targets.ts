import { type Issues, show } from '../issue.ts'
import { unitCount } from '../map/lattice.ts'
import type { Som } from '../som.ts'
import { inputWidth } from './inputs.ts'
import { MOST_SQUARED, productWidth } from './product-width.ts'

/**
 * The values of each target by its name, one per row: text for classes, numbers for a quantity; null, NaN or empty text
 * where a row has none.
 */
export type TargetValues = Readonly<
  Record<string, readonly (string | null)[] | readonly (number | null)[] | Float32Array | Float64Array>
>

/** Checked values: for each row the place of its class or its number; -1 or NaN where it has none. */
export type CheckedTarget =
  | { readonly name: string; readonly kind: 'class'; readonly classes: readonly string[]; readonly values: Int32Array }
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }

/** The most memory that the fit of a target may use, in bytes. */
const MOST_BYTES = 2 ** 32

/** The most classes of a target: a column with more names rows. */
const MOST_CLASSES = 256

/**
 * Checks the values of targets for a map and `rows` rows; null where something is wrong. To fit them they must `vary`.
 */
export function checkTargets(
  som: Pick<Som, 'features'>,
  rows: number,
  given: unknown,
  issues: Issues,
  vary = true,
): CheckedTarget[] | null {
  if (typeof given !== 'object' || given === null || isList(given)) {
    issues.add('targets', `expected { name: values }, found ${show(given)}`)
    return null
  }
  const names = Object.keys(given)
  if (names.length === 0) issues.add('targets', 'expected at least 1 target, found none')
  const before = issues.list.length
  const checked = names.map((name) => {
    if (som.features.some((feature) => feature.name === name || feature.source?.column === name)) {
      const message = 'is also a feature of the map, so a prediction would know the answer; train without it'
      issues.add(`targets.${name}`, message)
    }
    return checkTarget(name, (given as Record<string, unknown>)[name], rows, issues, vary)
  })
  return issues.list.length > before || names.length === 0 ? null : checked.filter((one) => one !== null)
}

function checkTarget(name: string, given: unknown, rows: number, issues: Issues, vary: boolean): CheckedTarget | null {
  const path = `targets.${name}`
  if (name === '') {
    issues.add('targets', 'expected a name for each target, found ""')
    return null
  }
  if (!isList(given) || given.length !== rows) {
    issues.add(path, `expected ${rows} values, one per row, found ${isList(given) ? given.length : show(given)}`)
    return null
  }
  const first = Array.prototype.find.call(given, (value: unknown) => !isMissing(value))
  if (first === undefined) issues.add(path, 'expected at least one value, found none: every one is missing')
  else if (typeof first === 'string') return checkClasses(path, name, given, issues, vary)
  else if (typeof first === 'number') return checkNumbers(path, name, given, issues, vary)
  else issues.add(path, `expected text for classes or numbers for a quantity, found ${show(first)}`)
  return null
}

function checkClasses(
  path: string,
  name: string,
  given: ArrayLike<unknown>,
  issues: Issues,
  vary: boolean,
): CheckedTarget | null {
  const found = new Set<string>()
  for (let i = 0; i < given.length; i++) {
    const value = given[i]
    if (isMissing(value)) continue
    if (typeof value !== 'string') {
      issues.add(path, `row ${i + 1}: expected text as in the rows before, found ${show(value)}`)
      return null
    }
    found.add(value)
  }
  if (vary && found.size < 2) {
    issues.add(path, `expected at least 2 classes, found only ${show([...found][0])}`)
    return null
  }
  if (found.size > MOST_CLASSES) {
    issues.add(path, `expected at most ${MOST_CLASSES} classes, found ${found.size}; does it name rows?`)
    return null
  }
  const classes = [...found].sort()
  const places = new Map(classes.map((one, place) => [one, place]))
  // Of a missing value there is no place.
  const values = Int32Array.from(given as ArrayLike<string>, (value) => places.get(value) ?? -1)
  return { name, kind: 'class', classes, values }
}

function checkNumbers(
  path: string,
  name: string,
  given: ArrayLike<unknown>,
  issues: Issues,
  vary: boolean,
): CheckedTarget | null {
  const values = new Float64Array(given.length).fill(Number.NaN)
  for (let i = 0; i < given.length; i++) {
    const value = given[i]
    if (isMissing(value)) continue
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const wanted = typeof value === 'number' ? 'a finite number' : 'a number as in the rows before'
      issues.add(path, `row ${i + 1}: expected ${wanted}, found ${show(value)}`)
      return null
    }
    values[i] = value
  }
  const first = values.find((value) => !Number.isNaN(value))
  if (vary && values.every((value) => Number.isNaN(value) || value === first)) {
    issues.add(path, `expected numbers that vary, found only ${first}`)
    return null
  }
  return { name, kind: 'number', values }
}

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (typeof value === 'number' && Number.isNaN(value))

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

/** A fit keeps the products of the rows, what is borrowed at two radii, also without the classes of each part. */
export function checkSize(som: Pick<Som, 'features' | 'lattice'>, target: CheckedTarget, issues: Issues): void {
  const outputs = target.kind === 'class' ? target.classes.length : 1
  const numbers =
    unitCount(som.lattice) * productWidth(inputWidth(som.features.length, som.features.length <= MOST_SQUARED), outputs)
  const bytes = numbers * 8 * 12
  if (bytes <= MOST_BYTES) return
  const gibibytes = (n: number): string => (n / 2 ** 30).toFixed(1)
  const what = `${som.features.length} features on ${unitCount(som.lattice)} units`
  const message = `expected a fit of at most ${gibibytes(MOST_BYTES)} GiB, found one of ${gibibytes(bytes)} GiB (${what}); choose fewer features or a smaller map`
  issues.add(`targets.${target.name}`, message)
}
