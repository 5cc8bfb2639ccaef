import {
  type Backend,
  clusterUnits,
  matchPrepared,
  prepareRows,
  type Quality,
  qualityOf,
  type Samples,
  type Som,
  withMoreEpochs,
} from '@som/core'
import { report } from '@som/plot'
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
  const som = clustered(map)
  const rows = orRefuse(prepareRows(som, samples))
  const matches = await matchPrepared(som, rows, { backend })
  const labels = samples.labels?.map((label) => (label === '' ? null : label))
  const found = qualityOf(som, rows, matches, labels && { labels })
  const quality = { ...found, symptoms: await withMoreEpochs(som, rows, found.symptoms, { backend }) }
  return {
    som,
    quality,
    html: report({ som, samples, matches, quality, source, ...(title !== undefined && { title }) }),
  }
}

function clustered(som: Som): Som {
  if (som.clusters !== undefined) return som
  const found = clusterUnits(som)
  return found.isOk ? { ...som, clusters: found.value.clusters } : som
}
