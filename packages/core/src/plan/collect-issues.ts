import Result from 'true-myth/result'
import { type Issue, Issues, show } from '../issue.ts'

/** What was made where there is no issue. Never throws. */
export function collectIssues<T>(make: (issues: Issues) => T | null): Result<T, readonly Issue[]> {
  const issues = new Issues()
  try {
    const made = make(issues)
    return made && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
  } catch (error) {
    // A getter, proxy or function of the caller's own that throws.
    issues.add('', `the options could not be read: ${error instanceof Error ? error.message : show(error)}`)
    return Result.err(issues.list)
  }
}
