import { type Issues, show } from '../issue.ts'
import type { Samples } from '../rows/samples.ts'
import { layerOf } from '../rows/wanted-layer.ts'
import { suggest } from '../suggest.ts'
import type { TrainOptions } from './options.ts'

/** Checks what layers must be to each other and to the other options, before there are rows. */
export function checkLayers({ layers, metric }: TrainOptions, issues: Issues): void {
  if (layers === undefined) return
  if (metric !== undefined) issues.add('metric', 'each layer has its own; leave it out')
  const names = layers.map(({ name }) => name)
  for (const [i, name] of names.entries()) {
    const first = names.indexOf(name)
    if (first < i) issues.add(`layers[${i}].name`, `${show(name)} is also the name of layer ${first + 1}`)
  }
  const owners = new Map<string, string>()
  for (const [i, { name, features }] of layers.entries()) {
    for (const feature of features) {
      const owner = owners.get(feature)
      if (owner !== undefined)
        issues.add(`layers[${i}].features`, `${show(feature)} is in ${owner === name ? 'it' : show(owner)} already`)
      owners.set(feature, owner ?? name)
    }
  }
  if (layers.every(({ weight }) => weight === 0))
    issues.add('layers', 'expected a weight above 0 for some layer, found only 0')
}

/** Checks layers against the features of the samples: each feature is in one of them, and none names others. */
export function checkLayerFeatures(
  { layers = [], featureWeights = {} }: TrainOptions,
  { features, sources }: Pick<Samples, 'features' | 'sources'>,
  issues: Issues,
): void {
  if (layers.length === 0 || issues.list.some(({ path }) => path.startsWith('layers'))) return
  const columns = sources?.flatMap((source) => source?.column ?? []) ?? []
  const known = [...new Set([...features, ...columns])]
  for (const [i, layer] of layers.entries()) {
    for (const name of layer.features) {
      if (known.includes(name)) continue
      const near = suggest(name, known)
      issues.add(
        `layers[${i}].features`,
        `no such feature as ${show(name)}${near ? `; did you mean ${near.includes(',') ? show(near) : near}?` : ''}`,
      )
    }
  }
  const alone = features.filter((name, f) => layerOf(layers, name, sources?.[f]?.column) === undefined)
  if (alone.length > 0) {
    const shown = alone.length > MOST_NAMED ? `${alone.slice(0, MOST_NAMED).join(', ')}, …` : alone.join(', ')
    issues.add(
      'layers',
      `expected each feature in a layer, found ${alone.length} in none: ${shown}; add them to a layer, or leave them out of the rows`,
    )
  }
  for (const [f, name] of features.entries()) {
    const column = sources?.[f]?.column
    const layer = layerOf(layers, name, column)
    const weight = featureWeights[name] ?? (column === undefined ? undefined : featureWeights[column])
    if (layer?.metric !== undefined && UNWEIGHABLE.includes(layer.metric) && weight !== undefined && weight !== 1)
      issues.add(`featureWeights.${name}`, `${layer.metric} counts all features alike; weigh the layer instead`)
  }
}

const MOST_NAMED = 10

/** Metrics that no factor on values weighs. */
export const UNWEIGHABLE: readonly string[] = ['correlation', 'tanimoto']
