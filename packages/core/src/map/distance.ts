export const METRICS = ['euclidean', 'manhattan', 'chebyshev', 'cosine'] as const
export type MetricName = (typeof METRICS)[number]

/**
 * A user's own distance between a sample and a prototype. It gets only the features that the sample has, never NaN.
 * Runs on `js()` only.
 */
export interface CustomMetric {
  readonly name: string
  readonly distance: (sample: Float32Array, prototype: Float32Array) => number
}

export type Metric = MetricName | CustomMetric

/** The distance between two rows of numbers in f64, over the features that both have. NaN if they share none. */
export type DistanceFunction = (a: Float32Array | Float64Array, b: Float32Array | Float64Array) => number

/** The metric's name: its own for a custom one. */
export function metricName(metric: Metric): string {
  return typeof metric === 'string' ? metric : metric.name
}

/** The distance of each metric, exactly as `docs/design/arithmetic.md` defines it. */
export function distanceFunction(metric: Metric): DistanceFunction {
  return typeof metric === 'string' ? distances[metric] : skippingMissing(metric.distance)
}

const distances: Record<MetricName, DistanceFunction> = {
  /** √Σ(x - w)² */
  euclidean(sample, prototype) {
    let sum = 0
    let present = 0
    for (let f = 0; f < sample.length; f++) {
      const difference = sample[f] - prototype[f]
      if (Number.isNaN(difference)) continue
      sum += difference * difference
      present++
    }
    return present > 0 ? Math.sqrt(sum) : Number.NaN
  },

  /** Σ|x - w| */
  manhattan(sample, prototype) {
    let sum = 0
    let present = 0
    for (let f = 0; f < sample.length; f++) {
      const difference = Math.abs(sample[f] - prototype[f])
      if (Number.isNaN(difference)) continue
      sum += difference
      present++
    }
    return present > 0 ? sum : Number.NaN
  },

  /** max|x - w| */
  chebyshev(sample, prototype) {
    let largest = Number.NaN
    for (let f = 0; f < sample.length; f++) {
      const difference = Math.abs(sample[f] - prototype[f])
      if (Number.isNaN(difference)) continue
      if (!(largest >= difference)) largest = difference
    }
    return largest
  },

  /** 1 - x·w / (‖x‖ ‖w‖); 1 if either is the zero vector. */
  cosine(sample, prototype) {
    let dot = 0
    let sampleSquares = 0
    let prototypeSquares = 0
    let present = 0
    for (let f = 0; f < sample.length; f++) {
      const x = sample[f]
      const w = prototype[f]
      if (Number.isNaN(x) || Number.isNaN(w)) continue
      dot += x * w
      sampleSquares += x * x
      prototypeSquares += w * w
      present++
    }
    if (present === 0) return Number.NaN
    const norms = Math.sqrt(sampleSquares) * Math.sqrt(prototypeSquares)
    return norms > 0 ? Math.max(0, 1 - dot / norms) : 1
  },
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
