import type { Som } from '@som/core'
import {
  clustersPlot,
  componentPlanePlot,
  componentPlanesPlot,
  hitsPlot,
  trainingCurvePlot,
  uMatrixPlot,
} from '@som/plot'

/** Pictures by the names of their paths; null where the map has not what they show. */
const PICTURES: Readonly<Record<string, (som: Som) => string | null>> = {
  'u-matrix': (som) => uMatrixPlot(som),
  'component-planes': (som) => componentPlanesPlot(som),
  hits: (som) => (som.seen ? hitsPlot(som) : null),
  clusters: (som) => (som.clusters ? clustersPlot(som, som.clusters.of, { names: som.clusters.names }) : null),
  'training-curve': (som) => (som.training.history.length > 1 ? trainingCurvePlot(som) : null),
}

/** A picture of the map as SVG; `component-plane/<feature>` is one feature's. Null where there is none of this name. */
export function pictureOf(som: Som, name: string, feature: string | undefined): string | null {
  if (name === 'component-plane') {
    const known = som.features.some((each) => each.name === feature)
    return known && feature !== undefined ? componentPlanePlot(som, feature) : null
  }
  return Object.hasOwn(PICTURES, name) ? PICTURES[name](som) : null
}

/** What `pictureOf` knows; a component plane is that of one feature. */
export const PICTURE_NAMES: readonly string[] = [...Object.keys(PICTURES), 'component-plane']
