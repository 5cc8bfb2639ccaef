import type { Issue } from '@som/core'
import * as v from 'valibot'
import { Refused } from './problem.ts'

/** The value that a schema makes of what was given. Throws a `Refused` with every issue, its paths under `at`. */
export function checked<T>(schema: v.GenericSchema<unknown, T>, given: unknown, at = ''): T {
  const found = v.safeParse(schema, given)
  if (found.success) return found.output
  throw new Refused(400, issuesOf(found.issues, at))
}

/** The most issues that are told of one request. */
const MOST = 20

/** valibot's issues as ours. */
export function issuesOf(issues: readonly v.BaseIssue<unknown>[], at = ''): Issue[] {
  return issues.slice(0, MOST).map((issue) => ({
    path: [at, v.getDotPath(issue) ?? ''].filter((part) => part !== '').join('.'),
    message: issue.message
      .replace(/^Invalid safe integer: Received/, 'expected an integer, found')
      .replace(/^Invalid [^:]+: /, '')
      .replace(/^Expected/, 'expected')
      .replace(' but received', ', found')
      .slice(0, 300),
  }))
}
