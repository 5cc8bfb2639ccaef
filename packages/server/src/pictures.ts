import type { Som } from '@som/core'
import {
  clustersPlot,
  componentPlanePlot,
  componentPlanesPlot,
  hitsPlot,
  type ScaleOptions,
  trainingCurvePlot,
  uMatrixPlot,
} from '@som/plot'
import { Refused } from './problem.ts'

/** Pictures with values as colours, by the names of their paths; null where the map has not what they show. */
const COLOURED: Readonly<Record<string, (som: Som, options: ScaleOptions) => string | null>> = {
  'u-matrix': uMatrixPlot,
  'component-planes': componentPlanesPlot,
  hits: (som, options) => (som.seen ? hitsPlot(som, options) : null),
}

/** The others. */
const PLAIN: Readonly<Record<string, (som: Som) => string | null>> = {
  clusters: (som) => (som.clusters ? clustersPlot(som, som.clusters.of, { names: som.clusters.names }) : null),
  'training-curve': (som) => (som.training.history.length > 1 ? trainingCurvePlot(som) : null),
}

/** What a picture is of. */
export interface PictureQuery extends ScaleOptions {
  readonly feature?: string
}

/**
 * A picture of the map as SVG; `component-plane` is that of one feature. Null where there is none of this name. Throws
 * a `Refused` where the values do not go with their scale.
 */
export function pictureOf(som: Som, name: string, { feature, ...options }: PictureQuery): string | null {
  try {
    if (name === 'component-plane') {
      const known = som.features.some((each) => each.name === feature)
      return known && feature !== undefined ? componentPlanePlot(som, feature, options) : null
    }
    if (Object.hasOwn(COLOURED, name)) return COLOURED[name](som, options)
    return Object.hasOwn(PLAIN, name) ? withoutScale(name, options, () => PLAIN[name](som)) : null
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [path, ...message] = error.message.split(': ')
    throw new Refused(400, [{ path, message: message.join(': ') }])
  }
}

function withoutScale(name: string, options: ScaleOptions, draw: () => string | null): string | null {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  if (given.length === 0) return draw()
  throw new Refused(
    400,
    given.map(([path]) => ({ path, message: `is for values as colours, and ${name} has none` })),
  )
}

/** What `pictureOf` knows; a component plane is that of one feature. */
export const PICTURE_NAMES: readonly string[] = [...Object.keys(COLOURED), ...Object.keys(PLAIN), 'component-plane']
