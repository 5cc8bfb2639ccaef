import type { MetricName } from '../map/measures.ts'
import type { PreprocessingName } from './preprocessing.ts'

/** A layer as the options give it. */
export interface WantedLayer {
  readonly name: string
  readonly features: readonly string[]
  readonly metric?: MetricName
  readonly weight?: number
  readonly scale?: number
  readonly preprocessing?: PreprocessingName
}

/** The layer of a feature, which is named itself or by its column. */
export function layerOf(
  layers: readonly WantedLayer[],
  name: string,
  column: string | undefined,
): WantedLayer | undefined {
  const by = (wanted: string | undefined): WantedLayer | undefined =>
    wanted === undefined ? undefined : layers.find(({ features }) => features.includes(wanted))
  return by(name) ?? by(column)
}
