import {
  type Backend,
  clusterPrepared,
  embedPrepared,
  prepareRows,
  type Quality,
  qualityPrepared,
  type Samples,
  type Som,
} from '@som/core'
import type { Rows } from '@som/core/backend'
import { report, unitPredictions } from '@som/plot'
import { orRefuse } from '@som/server/command'

/** A page, and the quality that it reports. */
export interface Page {
  readonly som: Som
  readonly html: string
  readonly quality: Quality
}

/** Where the figures of a report are worked out, the name of its rows, and who hears how far it is. */
export interface Drawing {
  readonly backend: Backend
  readonly source: string
  readonly title?: string
  readonly progress?: (share: number) => void
}

/** The report of a map and rows on it. A map without clusters is shown with proposed ones. */
export async function pageOf(map: Som, samples: Samples, { backend, source, title, progress }: Drawing): Promise<Page> {
  const rows = orRefuse(prepareRows(map, samples))
  const som = await clustered(map, rows, backend)
  const labels = samples.labels?.map((label) => (label === '' ? null : label))
  const { matches, quality } = await qualityPrepared(som, rows, labels && { labels }, { backend, progress })
  const predictions = await unitPredictions(som)
  const { embedding } = som
  const places = embedding && (await embedPrepared({ ...som, embedding }, rows, { backend })).place
  return {
    som,
    quality,
    html: report({
      ...{ som, samples, matches, quality, predictions, source },
      ...(places && { places }),
      ...(title !== undefined && { title }),
    }),
  }
}

async function clustered(som: Som, rows: Rows, backend: Backend): Promise<Som> {
  if (som.clusters !== undefined) return som
  const found = await clusterPrepared(som, rows, {}, { backend })
  return found.isOk ? { ...som, clusters: found.value.clusters } : som
}
