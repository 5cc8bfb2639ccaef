import Result from 'true-myth/result'
import { type Issue, Issues } from './issue.ts'

/**
 * The way from checks within core to its doors: `make` adds what is wrong to the issues and gives null where it can
 * make nothing.
 */
export function collectIssues<T>(make: (issues: Issues) => T | null): Result<T, readonly Issue[]> {
  const issues = new Issues()
  const made = make(issues)
  return made !== null && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
}
