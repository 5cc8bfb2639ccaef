import type { Issues } from '../issue.ts'
import { areOneEuclidean, type Layer } from '../map/layers.ts'
import { type MetricName, measures } from '../map/measures.ts'
import { random, sampleIndices } from '../random.ts'
import type { Feature } from '../som.ts'
import type { Fitted } from './fit-features.ts'
import type { Matrix } from './matrix.ts'
import { factorOf } from './preprocessing.ts'
import { layerOf, type WantedLayer } from './wanted-layer.ts'

/** The most rows between which the mean distance of a layer is taken: 4,950 pairs. */
const MOST_ROWS = 100

/** The rows, in ascending order, between which the mean distance of layers is taken. */
export function rowsForScales(seed: number, rows: number): Uint32Array {
  return sampleIndices(random(seed, 'layers'), rows, MOST_ROWS)
}

/** Whether rows must be looked at before layers have their scales. */
export function needScales(layers: readonly WantedLayer[]): boolean {
  return layers.some(({ scale, weight }) => scale === undefined && weight !== 0)
}

/**
 * The layers of fitted features, those left out removed, with their scales. `rows` are preprocessed rows of those
 * features: a layer's scale is 1 / the mean distance between two of them. Where all layers are euclidean, their weights
 * become factors of the features.
 */
export function settleLayers(
  wanted: readonly WantedLayer[],
  fitted: Fitted,
  rows: Matrix | null,
  issues: Issues,
): Fitted {
  const owner = fitted.features.map(({ name, source }) => layerOf(wanted, name, source?.column))
  const layers = wanted.flatMap((layer, i): Layer[] => {
    const features = fitted.features.filter((_, f) => owner[f] === layer).map(({ name }) => name)
    if (features.length === 0) {
      issues.add(`layers[${i}].features`, `expected a feature that varies in layer ${layer.name}, found none`)
      return []
    }
    const { name, metric = 'euclidean', weight = 1 } = layer
    const columns = owner.flatMap((of, f) => (of === layer ? [f] : []))
    const scale = layer.scale ?? (weight === 0 || rows === null ? 1 : 1 / meanDistance(rows, columns, metric))
    if (Number.isFinite(scale)) return [{ name, features, metric, weight, scale }]
    issues.add(
      `layers[${i}]`,
      `${name}: the mean distance between rows is 0 by ${metric}, so that nothing says how far apart they are; give its scale, or another metric`,
    )
    return []
  })
  if (!areOneEuclidean(layers)) return { ...fitted, layers }
  const factors = factorsOf(layers, fitted.features)
  const features = fitted.features.map(({ preprocessing, ...feature }, f) => ({
    ...feature,
    preprocessing: { ...preprocessing, factor: preprocessing.factor * factors[f] },
  }))
  return { ...fitted, features, layers }
}

/** What euclidean layers multiply each feature by. */
export function factorsOf(layers: readonly Layer[], features: readonly Pick<Feature, 'name'>[]): Float64Array {
  const byName = new Map(
    layers.flatMap(({ features: names, weight, scale }) =>
      names.map((name) => [name, factorOf(weight * scale, 'euclidean')]),
    ),
  )
  return Float64Array.from(features, ({ name }) => byName.get(name) ?? 1)
}

function meanDistance(rows: Matrix, columns: readonly number[], metric: MetricName): number {
  const measure = measures[metric]
  let [sum, count] = [0, 0]
  for (let i = 0; i < rows.rows; i++) {
    const row = rows.data.subarray(i * rows.columns, (i + 1) * rows.columns)
    for (let j = i + 1; j < rows.rows; j++) {
      const found = measure(row, rows.data, j * rows.columns, columns)
      if (Number.isNaN(found)) continue
      sum += found
      count++
    }
  }
  return count > 0 ? sum / count : 0
}
