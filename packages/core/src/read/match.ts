import Result from 'true-myth/result'
import type { Backend, Matches, MatchOptions, Rows } from '../backend/backend.ts'
import { checkRuntime, throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { inSession } from './in-session.ts'

/** Where matching runs. */
export interface MatchRuntime extends Pick<MatchOptions, 'second'> {
  /** `js()` by default. */
  readonly backend?: Backend
  /** When it aborts, the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * The best-matching unit of each row, the second-best if requested, and the distances in preprocessed units. Rows are
 * treated like the training rows: features are found by name if the rows have names, additional ones are ignored, and
 * missing values are skipped.
 */
export async function match(
  som: Som,
  rows: RowsInput,
  runtime: MatchRuntime = {},
): Promise<Result<Matches, readonly Issue[]>> {
  const issues = new Issues()
  checkMatch(som, runtime, issues)
  if (issues.list.length > 0) return Result.err(issues.list)
  const prepared = prepareRows(som, rows)
  return prepared.isErr ? Result.err(prepared.error) : Result.ok(await matchPrepared(som, prepared.value, runtime))
}

/** What matching takes besides its rows. */
export function checkMatch(som: unknown, runtime: unknown, issues: Issues): void {
  checkSom(som, issues)
  checkRuntime(runtime, ['backend', 'signal', 'second'], issues)
}

/** As `match`, for rows prepared by `prepareRows`. Rejects with a RangeError where the map or the runtime is wrong. */
export async function matchPrepared(som: Som, rows: Rows, runtime: MatchRuntime = {}): Promise<Matches> {
  throwIssues((issues) => checkMatch(som, runtime, issues))
  const { backend, signal, second } = runtime
  return inSession(som, rows, (session) => session.match(undefined, { signal, second }), backend)
}
