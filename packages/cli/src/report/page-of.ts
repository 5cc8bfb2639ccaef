import {
  type Backend,
  clusterPrepared,
  matchPrepared,
  prepareRows,
  type Quality,
  qualityOf,
  type Samples,
  type Som,
  withMoreEpochs,
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

/** The report of a map and rows on it. A map without clusters is shown with proposed ones. */
export async function pageOf(
  map: Som,
  samples: Samples,
  { backend, source, title }: { readonly backend: Backend; readonly source: string; readonly title?: string },
): Promise<Page> {
  const rows = orRefuse(prepareRows(map, samples))
  const som = await clustered(map, rows, backend)
  const matches = await matchPrepared(som, rows, { backend })
  const labels = samples.labels?.map((label) => (label === '' ? null : label))
  const found = qualityOf(som, rows, matches, labels && { labels })
  const quality = { ...found, symptoms: await withMoreEpochs(som, rows, found.symptoms, { backend }) }
  const predictions = await unitPredictions(som)
  return {
    som,
    quality,
    html: report({ som, samples, matches, quality, predictions, source, ...(title !== undefined && { title }) }),
  }
}

async function clustered(som: Som, rows: Rows, backend: Backend): Promise<Som> {
  if (som.clusters !== undefined) return som
  const found = await clusterPrepared(som, rows, {}, { backend })
  return found.isOk ? { ...som, clusters: found.value.clusters } : som
}
