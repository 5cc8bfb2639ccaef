import Result from 'true-myth/result'
import { type Backend, MOST_NEAREST, type NearestUnits, type Rows } from '../backend/backend.ts'
import { checkRuntime, throwIssues } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { inSession } from './in-session.ts'
import type { MatchRuntime } from './match.ts'

/**
 * The `k` nearest units (1 to 32) of each row, nearest first, and the distances in preprocessed units. Rows are treated
 * as `match` treats them; `k` of 1 and 2 give its best and second-best units. A map with fewer units fills the rest
 * with -1 and NaN.
 */
export async function nearestUnits(
  som: Som,
  rows: RowsInput,
  k: number,
  runtime: Omit<MatchRuntime, 'second'> = {},
): Promise<Result<NearestUnits, readonly Issue[]>> {
  const issues = new Issues()
  check(som, k, runtime, issues)
  if (issues.list.length > 0) return Result.err(issues.list)
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) return Result.err(prepared.error)
  return Result.ok(await nearestUnitsPrepared(som, prepared.value, k, runtime))
}

function check(som: unknown, k: unknown, runtime: unknown, issues: Issues): void {
  checkSom(som, issues)
  issues.integer('k', k, 1, MOST_NEAREST)
  checkRuntime(runtime, ['backend', 'signal'], issues)
}

/** As `nearestUnits`, for rows prepared by `prepareRows`. Rejects with a RangeError where an argument is wrong. */
export async function nearestUnitsPrepared(
  som: Som,
  rows: Rows,
  k: number,
  runtime: { readonly backend?: Backend; readonly signal?: AbortSignal } = {},
): Promise<NearestUnits> {
  throwIssues((issues) => check(som, k, runtime, issues))
  const { backend, signal } = runtime
  return inSession(som, rows, (session) => session.nearest(k, undefined, { signal }), backend)
}
