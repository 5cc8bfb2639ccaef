import { describeIssues, Issues, show } from './issue.ts'

export type RuntimePart = 'backend' | 'signal' | 'second' | 'onEpoch' | 'onMatches' | 'onTrial' | 'progress' | 'now'

interface Part {
  readonly noun: string
  fits(value: unknown): boolean
}

const A_FUNCTION: Part = { noun: 'a function', fits: (value) => typeof value === 'function' }

/** What runtimes may have: where work runs, how it is stopped, and who hears of it. */
const PARTS: Readonly<Record<RuntimePart, Part>> = {
  backend: { noun: 'a backend, such as js()', fits: (value) => hasFunctions(value, ['open', 'rejects']) },
  signal: { noun: 'an AbortSignal', fits: (value) => hasFunctions(value, ['addEventListener']) },
  second: { noun: 'true or false', fits: (value) => typeof value === 'boolean' },
  onEpoch: A_FUNCTION,
  onMatches: A_FUNCTION,
  onTrial: A_FUNCTION,
  progress: A_FUNCTION,
  now: A_FUNCTION,
}

/**
 * Checks the runtime of a function that takes the `known` parts: every name, with a suggestion where it is misspelt,
 * and every value.
 */
export function checkRuntime(runtime: unknown, known: readonly RuntimePart[], issues: Issues, path = 'runtime'): void {
  if (!issues.names(path, runtime, known) || runtime === undefined) return
  for (const name of known) {
    // `names` has found an object.
    const value = (runtime as Readonly<Record<string, unknown>>)[name]
    const { noun, fits } = PARTS[name]
    if (value !== undefined && !fits(value))
      issues.add(path === '' ? name : `${path}.${name}`, `expected ${noun}, found ${show(value)}`)
  }
}

/** Throws a RangeError that lists what `check` finds: for functions that give their value and no Result. */
export function throwIssues(check: (issues: Issues) => void): void {
  const issues = new Issues()
  check(issues)
  if (issues.list.length > 0) throw new RangeError(describeIssues(issues.list))
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  // Whatever is given is only looked at.
  const given = value as Readonly<Record<string, unknown>>
  return typeof value === 'object' && value !== null && names.every((name) => typeof given[name] === 'function')
}
