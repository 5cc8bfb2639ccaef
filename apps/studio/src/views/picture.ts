import type { Run } from '../state/store.ts'
import { layerOf, planeKey } from './layers.ts'

/** The large map as an SVG, drawn by the same code as those of `som plot`; fetched when somebody asks for one. */
export async function pictureOf(key: string, run: Run): Promise<string> {
  const plots = await import('@som/plot')
  const { som, clusters } = run
  if (key === 'clusters' && clusters !== null) return plots.clustersPlot(som, clusters.of)
  if (key === 'hits' && som.seen !== null) return plots.hitsPlot(som)
  if (key === 'error')
    return plots.unitValuesPlot(som, layerOf(key, som, clusters, run).values, { title: 'Distance of rows' })
  const feature = som.features.find(({ name }) => planeKey(name) === key)
  return feature === undefined ? plots.uMatrixPlot(som) : plots.componentPlanePlot(som, feature.name)
}
