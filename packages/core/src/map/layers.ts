import type { LayeredMetric } from './distance.ts'
import type { MetricName } from './measures.ts'

/** A group of a map's features that has a metric and a weight of its own. */
export interface Layer {
  readonly name: string
  /** The names of its features, in the order of the map's. */
  readonly features: readonly string[]
  readonly metric: MetricName
  /** How much it counts beside the others. */
  readonly weight: number
  /** What its distance is multiplied by so that layers compare: 1 / the mean distance between rows, or as given. */
  readonly scale: number
}

/**
 * Whether layers are one euclidean distance over weighted features. Their weights are then in the preprocessing, and
 * backends need not know of them.
 */
export function areOneEuclidean(layers: readonly Pick<Layer, 'metric'>[]): boolean {
  return layers.every(({ metric }) => metric === 'euclidean')
}

/** The metric of a map with these features and layers. */
export function metricOfLayers(layers: readonly Layer[], features: readonly string[]): 'euclidean' | LayeredMetric {
  if (areOneEuclidean(layers)) return 'euclidean'
  return {
    layers: layers.map((layer) => ({
      columns: layer.features.map((name) => features.indexOf(name)).sort((a, b) => a - b),
      metric: layer.metric,
      weight: layer.weight > 0 ? layer.weight * layer.scale : NO_PART,
    })),
  }
}

/**
 * The weight of a layer that does not count: so small that it changes no distance beside others, yet a row that has
 * this layer alone is still matched.
 */
const NO_PART = 2 ** -120
