import Result from 'true-myth/result'
import type { Backend, Matches, MatchOptions, Rows } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import type { Issue } from '../issue.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'

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
  const prepared = prepareRows(som, rows)
  return prepared.isErr ? Result.err(prepared.error) : Result.ok(await matchPrepared(som, prepared.value, runtime))
}

/** As `match`, for rows prepared by `prepareRows`. */
export async function matchPrepared(som: Som, rows: Rows, runtime: MatchRuntime = {}): Promise<Matches> {
  const { lattice, metric, kernel } = som
  const { backend = js(), signal, second } = runtime
  const session = await backend.open({ lattice, metric, kernel }, rows, som.codebook)
  try {
    return await session.match(undefined, { signal, second })
  } finally {
    session.close()
  }
}
