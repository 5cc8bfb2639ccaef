import type Result from 'true-myth/result'
import { describeIssues, type Issue } from './issue.ts'

/**
 * The value of a result, for scripts that need not handle issues themselves. Throws an Error that lists all of them.
 */
export function orThrow<T>(result: Result<T, readonly Issue[]>): T {
  return result.unwrapOrElse((issues) => {
    throw new Error(describeIssues(issues))
  })
}
