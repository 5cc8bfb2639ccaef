import { firstIssues, type Issue } from '@som/core'
import * as v from 'valibot'
import { schemaMessage } from './json/schema-message.ts'
import { Refused } from './problem.ts'

/**
 * Parses `value` by a schema. Throws a `Refused` with the first issues, their paths under `at`, and how many more there
 * are.
 */
export function checked<T>(schema: v.GenericSchema<unknown, T>, given: unknown, at = ''): T {
  const found = v.safeParse(schema, given)
  if (found.success) return found.output
  throw new Refused(400, issuesOf(found.issues, at, schema))
}

/** How many issues of a schema are listed; further ones are only counted. */
const MOST_WORDED = 20

/** The first of valibot's issues as ours, and how many more there are; with their `schema`, names that exist too. */
export function issuesOf(issues: readonly v.BaseIssue<unknown>[], at = '', schema?: v.GenericSchema): readonly Issue[] {
  const first = issues.slice(0, MOST_WORDED).map((issue) => ({
    path: [at, v.getDotPath(issue) ?? ''].filter((part) => part !== '').join('.'),
    message: schemaMessage(issue, schema).slice(0, 300),
  }))
  return firstIssues(first, issues.length - first.length)
}
