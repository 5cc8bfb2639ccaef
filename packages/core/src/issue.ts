import { suggest } from './suggest.ts'

/** One problem with the caller's input: where it is, what was found, and what would work. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** How many issues are shown one by one. */
const MOST_SHOWN = 20

/**
 * The first issues of many, and one that says how many more there are: `and 7 more`. `uncounted` is the number of
 * issues found but not collected.
 */
export function firstIssues(issues: readonly Issue[], uncounted = 0): readonly Issue[] {
  // A single remaining issue fits in the line that would announce it.
  const left = issues.length > MOST_SHOWN + 1 ? issues.length - MOST_SHOWN : 0
  const more = left + uncounted
  return more === 0 ? issues : [...issues.slice(0, MOST_SHOWN), { path: '', message: `and ${more} more` }]
}

/** `path: message`, one line per issue: the first ones, and how many more there are. */
export function describeIssues(issues: readonly Issue[]): string {
  return firstIssues(issues)
    .map((issue) => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`))
    .join('\n')
}

/** Collects every issue, so that all are reported at once. */
export class Issues {
  readonly list: Issue[] = []

  add(path: string, message: string): void {
    this.list.push({ path, message })
  }

  /** Expects an integer from `least` to `most`. */
  integer(path: string, value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): value is number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return true
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    this.add(path, `expected an integer ${range}, found ${show(value)}`)
    return false
  }

  /** Expects a finite number above `bound`, or of at least `bound` if `inclusive`. */
  number(path: string, value: unknown, bound: number, inclusive = false): value is number {
    if (typeof value === 'number' && Number.isFinite(value) && (value > bound || (inclusive && value === bound))) {
      return true
    }
    this.add(path, `expected a finite number ${inclusive ? 'of at least' : 'above'} ${bound}, found ${show(value)}`)
    return false
  }

  /** Expects one of `choices`. */
  choice<const T extends string>(path: string, value: unknown, choices: readonly T[]): value is T {
    if (choices.some((choice) => choice === value)) return true
    this.add(path, notOneOf(value, choices))
    return false
  }

  /**
   * Expects an object that has none but the `known` names, with a suggestion for each other one. Where `value` is
   * undefined nothing is wrong. False where it is not an object at all.
   */
  names(path: string, value: unknown, known: readonly string[]): value is object | undefined {
    if (value === undefined) return true
    if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
      this.add(path, `expected { ${known.join(', ')} }, found ${show(value)}`)
      return false
    }
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue
      const near = suggest(name, known)
      const rest = near ? `; did you mean ${near}?` : `; there are ${known.join(', ')}`
      this.add(path === '' ? name : `${path}.${name}`, `no such option${rest}`)
    }
    return true
  }
}

/** The message for a value that is not one of `choices`. */
export function notOneOf(value: unknown, choices: readonly string[]): string {
  const near = typeof value === 'string' ? suggest(value, choices) : undefined
  return `expected one of ${choices.join(', ')}, found ${show(value)}${near ? `; did you mean ${near}?` : ''}`
}

/** A short form of a value for messages. Never fails. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value)
  return Array.isArray(value) ? `an array of ${value.length}` : 'an object'
}
