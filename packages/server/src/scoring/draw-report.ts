import { prepareRows, qualityOf, type Samples, type Som } from '@som/core'
import type { Matches } from '@som/core/backend'
import { report, unitPredictions } from '@som/plot'
import { Refused } from '../problem.ts'

/** What a page is drawn of: a map, rows, and their units. */
export interface Drawn {
  readonly som: Som
  readonly samples: Samples
  readonly matches: Matches
}

/** The page that `som report` writes. */
export async function drawReport({ som, samples, matches }: Drawn): Promise<string> {
  const rows = prepareRows(som, samples).unwrapOrElse((issues) => {
    throw new Refused(400, issues)
  })
  const predictions = await unitPredictions(som)
  return report({ som, samples, matches, quality: qualityOf(som, rows, matches), predictions, source: 'a request' })
}
