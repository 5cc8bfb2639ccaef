import { ascending } from './ascending.ts'
import { METRICS, type MetricName, measures } from './measures.ts'

/**
 * A user's own distance between a sample and a prototype. It gets only the features that the sample has, never NaN.
 * Runs on `js()` only.
 */
export interface CustomMetric {
  readonly name: string
  readonly distance: (sample: Float32Array, prototype: Float32Array) => number
}

/**
 * A distance that is a sum over groups of features: Σ weight · D, D the value by which the layer's metric compares
 * (euclidean: squared). A layer of which the sample has no value is skipped. Plain data.
 */
export interface LayeredMetric {
  readonly layers: readonly MetricLayer[]
}

export interface MetricLayer {
  /** The places of its features in the codebook, ascending. */
  readonly columns: readonly number[]
  readonly metric: MetricName
  /** Above 0. */
  readonly weight: number
}

export type Metric = MetricName | LayeredMetric | CustomMetric

/** The distance between two rows of numbers in f64, over the features that both have. NaN if they share none. */
export type DistanceFunction = (a: Float32Array | Float64Array, b: Float32Array | Float64Array) => number

/** The metric's name: its own for a custom one. */
export function metricName(metric: Metric): string {
  if (typeof metric === 'string') return metric
  return isLayered(metric) ? LAYERED : metric.name
}

/** The name of the distance of a map with layers, in files and messages. */
export const LAYERED = 'layered'

export function isLayered(metric: Metric): metric is LayeredMetric {
  return typeof metric === 'object' && metric !== null && 'layers' in metric
}

/** What is wrong with the layers of a metric over so many features; null if nothing is. */
export function wrongLayers(metric: LayeredMetric, features: number): string | null {
  const layers: readonly Partial<MetricLayer>[] = Array.isArray(metric.layers) ? metric.layers : []
  const columns = layers.flatMap((layer) => layer?.columns ?? [])
  const seen = new Set(columns)
  const isWhole = columns.length === features && ascending(features).every((f) => seen.has(f))
  if (!isWhole) return `expected layers with each of ${features} features once, found others`
  const odd = layers.find(({ metric }) => !METRICS.some((name) => name === metric))
  if (odd) return `expected layers of ${METRICS.join(', ')}, found ${String(odd.metric)}`
  const wrong = layers.find(({ weight = 0 }) => !(weight > 0 && weight < Number.POSITIVE_INFINITY))
  return wrong ? `expected finite weights above 0, found ${wrong.weight}` : null
}

/** Whether a metric is a function of the user's own, which no file, thread or other backend can have. */
export function isOwnMetric(metric: Metric): metric is CustomMetric {
  return typeof metric !== 'string' && !isLayered(metric)
}

/** The distance of each metric, exactly as `docs/design/arithmetic.md` defines it. */
export function distanceFunction(metric: Metric): DistanceFunction {
  if (isOwnMetric(metric)) return skippingMissing(metric.distance)
  if (isLayered(metric)) {
    const measure = layeredMeasure(metric)
    return (a, b) => measure(a, b, 0)
  }
  const measure = measures[metric]
  let columns = new Uint32Array(0)
  const compared: DistanceFunction = (a, b) => {
    if (columns.length !== a.length) columns = ascending(a.length)
    return measure(a, b, 0, columns)
  }
  return metric === 'euclidean' ? (a, b) => Math.sqrt(compared(a, b)) : compared
}

/** The distance over layers of a sample from the prototype that begins at `at` in `w`. */
export function layeredMeasure({
  layers,
}: LayeredMetric): (x: Float32Array | Float64Array, w: Float32Array | Float64Array, at: number) => number {
  const parts = layers.map(({ columns, metric, weight }) => {
    return { measure: measures[metric], columns: Uint32Array.from(columns), weight }
  })
  return (x, w, at) => {
    let sum = Number.NaN
    for (const { measure, columns, weight } of parts) {
      const found = measure(x, w, at, columns)
      if (!Number.isNaN(found)) sum = (Number.isNaN(sum) ? 0 : sum) + weight * found
    }
    return sum
  }
}

/** A user's function gets 32-bit numbers, and never a missing one. */
function skippingMissing(distance: CustomMetric['distance']): DistanceFunction {
  return (a, b) => {
    const isShared = (_: number, f: number): boolean => !(Number.isNaN(a[f]) || Number.isNaN(b[f]))
    const [x, w] = a.every(isShared) ? [a, b] : [a.filter(isShared), b.filter(isShared)]
    return x.length > 0 ? distance(single(x), single(w)) : Number.NaN
  }
}

function single(numbers: Float32Array | Float64Array): Float32Array {
  return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers)
}
