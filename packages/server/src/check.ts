import { firstIssues, type Issue } from '@som/core'
import * as v from 'valibot'
import { schemaMessage, unknownKeys } from './json/schema-message.ts'
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
  const [all, more] = withUnknownKeys(issues, schema)
  const first = all.slice(0, MOST_WORDED).map((issue) => ({
    path: [at, v.getDotPath(issue) ?? ''].filter((part) => part !== '').join('.'),
    message: schemaMessage(issue, schema).slice(0, 300),
  }))
  return firstIssues(first, all.length - first.length + more)
}

/**
 * The issues, with one for each of the first keys that an object does not have, where valibot names one; and how many
 * such keys there are beyond those.
 */
function withUnknownKeys(
  issues: readonly v.BaseIssue<unknown>[],
  schema: v.GenericSchema | undefined,
): [v.BaseIssue<unknown>[], number] {
  let more = 0
  const all = issues.flatMap((issue, i) => {
    if (issue.expected !== 'never' || i >= MOST_WORDED) return [issue]
    const unknown = unknownKeys(issue, schema)
    more += Math.max(0, unknown.length - MOST_WORDED)
    return unknown.length > 0 ? unknown.slice(0, MOST_WORDED).map((key) => atKey(issue, key)) : [issue]
  })
  return [all, more]
}

function atKey(issue: v.BaseIssue<unknown>, key: string): v.BaseIssue<unknown> {
  const path = issue.path?.with(-1, { ...issue.path[issue.path.length - 1], key } as v.IssuePathItem)
  return { ...issue, path: path as typeof issue.path }
}
