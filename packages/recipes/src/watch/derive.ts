import { DERIVATIONS, type Derivation, type Derived, type Issue, Issues, notOneOf, show, suggest } from '@som/core'
import Result from 'true-myth/result'
import type { ReadingFeature } from './reading-features.ts'

/** Features to derive from the readings of a numeric column, or of every numeric column if none is named. */
export interface Derive {
  readonly column?: string
  readonly by: Exclude<Derivation, 'value'>
  /** How many readings to look back, or the length of a window: 1 to 1000; at least 2 for a window. */
  readonly steps: number
}

/** The most readings to look back. */
export const MOST_STEPS = 1000

/** Each column's value and the requested derivations; names and positions correspond. Reports every issue at once. */
export function derivedOf(
  features: readonly ReadingFeature[],
  wanted: readonly Derive[],
): Result<{ names: string[]; derived: Derived[] }, Issue[]> {
  const issues: Issue[] = []
  const columns = features.map(({ name }) => name)
  const numbers = features.flatMap(({ source }, place) => (source === undefined ? [place] : []))
  const derived: Derived[] = columns.map((_, column) => ({ column, by: 'value', steps: 0 }))
  if (!Array.isArray(wanted)) {
    const message = `expected a list of { column, by, steps }, found ${show(wanted)}`
    return Result.err([{ path: 'derive', message }])
  }
  wanted.forEach((one: Derive, i) => {
    const path = `derive[${i}]`
    const names = new Issues()
    const isObject = names.names(path, one ?? null, ['column', 'by', 'steps'])
    issues.push(...names.list)
    if (!isObject) return
    const { column, by, steps } = one
    const least = by === 'mean' || by === 'deviation' ? 2 : 1
    if (!DERIVATIONS.includes(by)) issues.push({ path: `${path}.by`, message: notOneOf(by, DERIVATIONS) })
    if (!Number.isInteger(steps) || steps < least || steps > MOST_STEPS) {
      issues.push({
        path: `${path}.steps`,
        message: `expected an integer from ${least} to ${MOST_STEPS}, found ${show(steps)}`,
      })
    }
    const at = column === undefined ? -1 : (numbers.find((place) => columns[place] === column) ?? -1)
    if (column !== undefined && at < 0) issues.push({ path: `${path}.column`, message: unknown(column, features) })
    const places = column === undefined ? numbers : [at]
    derived.push(...places.map((place) => ({ column: place, by, steps })))
  })
  const names = derived.map((one) => nameOf(columns[one.column] ?? '', one))
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (issues.length === 0 && twice !== undefined)
    issues.push({ path: 'derive', message: `found "${twice}" twice; name it once` })
  return issues.length > 0 ? Result.err(issues) : Result.ok({ names, derived })
}

function nameOf(column: string, { by, steps }: Derived): string {
  return by === 'value' ? column : `${column} ${by} ${steps}`
}

function unknown(column: string, features: readonly ReadingFeature[]): string {
  if (features.some(({ name, source }) => source !== undefined && [source.column, name].includes(column)))
    return `expected a column of numbers, found ${JSON.stringify(column)}, which is a category or a time`
  const numbers = features.flatMap(({ name, source }) => (source === undefined ? [name] : []))
  const meant = suggest(column, numbers)
  const hint = meant === undefined ? `the columns are ${numbers.slice(0, 20).join(', ')}` : `did you mean "${meant}"?`
  return `expected a column, found ${JSON.stringify(column)}; ${hint}`
}
