import type { Issue, Samples } from '@som/core'
import { UNCOUNTED } from '../in-flight.ts'
import { Refused } from '../problem.ts'
import { arrowSamples } from './arrow-samples.ts'
import { rowReader } from './row-reader.ts'

const AS_IT_IS = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const

/**
 * The columns of these names of an Arrow IPC stream, as numbers, batch by batch. Rejects with what `refusal` makes of
 * issues.
 */
export async function* arrowRows(
  source: AsyncIterable<Uint8Array>,
  names: readonly string[],
  refusal: (issues: readonly Issue[]) => Error,
): AsyncGenerator<Samples> {
  const reader = rowReader({ features: names.map((name) => ({ name, preprocessing: AS_IT_IS })) })
  yield* refusing(arrowSamples(source, reader, UNCOUNTED), refusal)
}

/** What a source gives, with what it refuses under another name. */
export async function* refusing<T>(
  source: AsyncIterable<T>,
  refusal: (issues: readonly Issue[]) => Error,
): AsyncGenerator<T> {
  try {
    yield* source
  } catch (error) {
    throw error instanceof Refused ? refusal(error.issues) : error
  }
}
