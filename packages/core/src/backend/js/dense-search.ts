import { ascending } from '../../map/ascending.ts'
import { type CustomMetric, distanceFunction, isLayered, layeredMeasure, type Metric } from '../../map/distance.ts'
import { type MetricName, measures } from '../../map/measures.ts'
import type { Matrix } from '../../rows/matrix.ts'

/** The nearest and second-nearest unit of one sample; units are compared by `score`, which grows with distance. */
export interface Nearest {
  unit: number
  score: number
  secondUnit: number
  secondScore: number
}

/**
 * Finds the units nearest to one sample. `hint` is a unit expected to be near, or -1: it affects the time, not the
 * answer.
 */
export type Search = (sample: Float32Array, hint: number, wantSecond: boolean, found: Nearest) => void

/**
 * The metric of a search: the f64 score of unit `k`, or any number above `limit` once the score is known to exceed it.
 */
type Score = (
  x: Float64Array,
  features: Uint32Array,
  count: number,
  prototypes: Float32Array,
  at: number,
  limit: number,
) => number

/** Features summed between two checks of the limit. */
const STRIDE = 8

/**
 * The euclidean score without missing features: most runs spend most of their time here. Adds in the same order as the
 * others.
 */
const completeEuclidean: Score = (x, _features, count, prototypes, at, limit) => {
  let sum = 0
  let f = 0
  for (const unrolled = count - (count % 4); f < unrolled; f += 4) {
    const a = x[f] - prototypes[at + f]
    const b = x[f + 1] - prototypes[at + f + 1]
    const c = x[f + 2] - prototypes[at + f + 2]
    const d = x[f + 3] - prototypes[at + f + 3]
    sum = sum + a * a + b * b + c * c + d * d
    if (sum > limit) return sum
  }
  for (; f < count; f++) {
    const difference = x[f] - prototypes[at + f]
    sum += difference * difference
  }
  return sum
}

/** Loops of their own for the metrics that most runs use. */
const scores: { readonly [K in MetricName]?: Score } = {
  euclidean(x, features, count, prototypes, at, limit) {
    let sum = 0
    for (let f = 0; f < count; ) {
      const end = Math.min(f + STRIDE, count)
      for (; f < end; f++) {
        const difference = x[f] - prototypes[at + features[f]]
        sum += difference * difference
      }
      if (sum > limit) return sum
    }
    return sum
  },
  manhattan(x, features, count, prototypes, at, limit) {
    let sum = 0
    for (let f = 0; f < count; ) {
      const end = Math.min(f + STRIDE, count)
      for (; f < end; f++) sum += Math.abs(x[f] - prototypes[at + features[f]])
      if (sum > limit) return sum
    }
    return sum
  },
  chebyshev(x, features, count, prototypes, at, limit) {
    let largest = 0
    for (let f = 0; f < count; f++) {
      const difference = Math.abs(x[f] - prototypes[at + features[f]])
      if (difference > largest) largest = difference
      if (largest > limit) return largest
    }
    return largest
  },
  cosine(x, features, count, prototypes, at) {
    let dot = 0
    let sampleSquares = 0
    let prototypeSquares = 0
    for (let f = 0; f < count; f++) {
      const w = prototypes[at + features[f]]
      dot += x[f] * w
      sampleSquares += x[f] * x[f]
      prototypeSquares += w * w
    }
    const norms = Math.sqrt(sampleSquares) * Math.sqrt(prototypeSquares)
    return norms > 0 ? Math.max(0, 1 - dot / norms) : 1
  },
}

/** The distance for a score: the square root for euclidean. */
export function distanceOf(metric: Metric, score: number): number {
  return metric === 'euclidean' ? Math.sqrt(score) : score
}

/** The scores of one sample at a time. */
export interface Scorer<S> {
  /** Takes a sample; false if it has no value. */
  take(sample: S): boolean
  /** The score of a unit, or any number above `limit` once the score is known to exceed it. */
  score(unit: number, limit: number): number
}

/** Scores of dense samples: the definition's f64 sums. */
export function denseScorer(metric: Metric, codebook: Matrix): Scorer<Float32Array> {
  const { columns, data } = codebook
  const x = new Float64Array(columns)
  const features = new Uint32Array(columns)
  const [scoreOfSome, scoreOfAll] = scoresOf(metric, columns)
  let count = 0
  let score = scoreOfAll
  return {
    take(sample) {
      count = presentValues(sample, x, features)
      score = count === columns ? scoreOfAll : scoreOfSome
      return count > 0
    },
    score: (unit, limit) => score(x, features, count, data, unit * columns, limit),
  }
}

/** Writes the values that a sample has, and their features; returns how many there are. */
function presentValues(sample: Float32Array, x: Float64Array, features: Uint32Array): number {
  let count = 0
  for (let f = 0; f < x.length; f++) {
    const value = sample[f]
    if (Number.isNaN(value)) continue
    x[count] = value
    features[count++] = f
  }
  return count
}

/**
 * Searches every unit of `codebook`, which may change between calls. Scores are the definition's f64 sums; the lower
 * unit wins a tie.
 */
export function denseSearch(metric: Metric, codebook: Matrix): Search {
  const { rows: units, columns, data } = codebook
  const x = new Float64Array(columns)
  const features = new Uint32Array(columns)
  const [scoreOfSome, scoreOfAll] = scoresOf(metric, columns)

  return (sample, hint, wantSecond, found) => {
    const count = presentValues(sample, x, features)
    const score = count === columns ? scoreOfAll : scoreOfSome
    let unit = -1
    let best = Number.POSITIVE_INFINITY
    let secondUnit = -1
    let second = Number.POSITIVE_INFINITY
    if (count > 0) {
      if (hint >= 0 && !wantSecond) {
        best = score(x, features, count, data, hint * columns, best)
        unit = hint
      }
      for (let k = 0; k < units; k++) {
        const value = score(x, features, count, data, k * columns, wantSecond ? second : best)
        if (value < best || (value === best && k < unit)) {
          second = best
          secondUnit = unit
          best = value
          unit = k
        } else if (value < second && k !== unit) {
          second = value
          secondUnit = k
        }
      }
    }
    found.unit = unit
    found.score = unit < 0 ? Number.NaN : best
    found.secondUnit = secondUnit
    found.secondScore = secondUnit < 0 ? Number.NaN : second
  }
}

/** The score of a sample with missing features, and that of one without. */
function scoresOf(metric: Metric, columns: number): readonly [Score, Score] {
  if (typeof metric === 'string') {
    const score = scores[metric] ?? scattered(columns, measureOf(metric, columns))
    return [score, metric === 'euclidean' ? completeEuclidean : score]
  }
  const score = isLayered(metric) ? scattered(columns, layeredMeasure(metric)) : customScore(metric, columns)
  return [score, score]
}

function measureOf(metric: MetricName, columns: number): ReturnType<typeof layeredMeasure> {
  const [measure, all] = [measures[metric], ascending(columns)]
  return (x, w, at) => measure(x, w, at, all)
}

/** The score by a measure that reads features where they stand, missing ones as NaN. */
function scattered(columns: number, measure: ReturnType<typeof layeredMeasure>): Score {
  const sample = new Float64Array(columns)
  return (x, features, count, prototypes, at) => {
    if (count === columns) return measure(x, prototypes, at)
    sample.fill(Number.NaN)
    for (let f = 0; f < count; f++) sample[features[f]] = x[f]
    return measure(sample, prototypes, at)
  }
}

function customScore(metric: CustomMetric, columns: number): Score {
  const distance = distanceFunction(metric)
  const sample = new Float32Array(columns)
  return (x, features, count, prototypes, at) => {
    sample.fill(Number.NaN)
    for (let f = 0; f < count; f++) sample[features[f]] = x[f]
    return distance(sample, prototypes.subarray(at, at + columns))
  }
}
