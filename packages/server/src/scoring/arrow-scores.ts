import type { Backend, EmbeddingSom, Issue, Som } from '@som/core'
import { UNCOUNTED } from '../in-flight.ts'
import { arrowFound } from './arrow.ts'
import { refusing } from './arrow-rows.ts'
import { matching, placing, predicting } from './question.ts'
import { Scorer } from './scorer.ts'

/** What a map can be asked about rows. */
export const SCORES = ['match', 'predict', 'place'] as const
export type ScoreName = (typeof SCORES)[number]

/**
 * What a map says about each row of an Arrow IPC stream, as an Arrow IPC stream: a batch in, a batch out. Rejects with
 * what `refusal` makes of issues.
 */
export async function* arrowScores(
  som: Som,
  name: ScoreName,
  source: AsyncIterable<Uint8Array>,
  backend: Backend,
  refusal: (issues: readonly Issue[]) => Error,
): AsyncGenerator<Uint8Array> {
  const scorer = await Scorer.open(som, backend)
  try {
    yield* refusing(answers(scorer, name, source, refusal), refusal)
  } finally {
    scorer.close()
  }
}

function answers(
  scorer: Scorer,
  name: ScoreName,
  source: AsyncIterable<Uint8Array>,
  refusal: (issues: readonly Issue[]) => Error,
): AsyncGenerator<Uint8Array> {
  const { som } = scorer
  const most = Number.POSITIVE_INFINITY
  if (name === 'match') return arrowFound(source, matching(scorer), most, UNCOUNTED)
  if (name === 'predict') {
    if (som.targets === undefined)
      throw refusal([{ path: 'map', message: 'expected a map with targets; fit some first' }])
    return arrowFound(source, predicting(scorer, {}), most, UNCOUNTED)
  }
  if (som.embedding === undefined)
    throw refusal([{ path: 'map', message: 'expected a map with a plane; fit one first' }])
  return arrowFound(source, placing(scorer, som as EmbeddingSom), most, UNCOUNTED)
}
