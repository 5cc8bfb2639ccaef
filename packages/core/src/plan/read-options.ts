import type Result from 'true-myth/result'
import { collectIssues } from '../collect-issues.ts'
import { type Issue, type Issues, show } from '../issue.ts'

/**
 * As `collectIssues`, of options, which may hold getters, proxies and functions of the caller's own that throw. Never
 * throws.
 */
export function readOptions<T>(make: (issues: Issues) => T | null): Result<T, readonly Issue[]> {
  return collectIssues((issues) => {
    try {
      return make(issues)
    } catch (error) {
      issues.add('', `the options could not be read: ${error instanceof Error ? error.message : show(error)}`)
      return null
    }
  })
}
