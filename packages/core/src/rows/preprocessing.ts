import type { Metric } from '../map/distance.ts'

export const PREPROCESSINGS = ['z-score', 'min-max', 'robust', 'log', 'arcsinh', 'none'] as const
export type PreprocessingName = (typeof PREPROCESSINGS)[number]

/** What is done to one feature: `factor · (bend(x) - centre) / scale`. Fitted on the training rows, kept in the Som. */
export interface FeaturePreprocessing {
  readonly method: PreprocessingName
  /** What `arcsinh` divides by before it bends; 1 for the others. */
  readonly cofactor: number
  readonly centre: number
  /** Above 0. */
  readonly scale: number
  /** How much the feature counts, as a factor on its preprocessed values: √weight for euclidean and cosine, the weight for other metrics. */
  readonly factor: number
}

/** How a method bends a value, and where its centre and scale come from. `log` is ln(1 + x), `arcsinh` is asinh(x / cofactor); both are standardised after. */
interface Method {
  bend(x: number, cofactor: number): number
  unbend(y: number, cofactor: number): number
  fit(values: Float64Array): { centre: number; scale: number }
}

const same = (x: number): number => x

const methods: Record<PreprocessingName, Method> = {
  'z-score': { bend: same, unbend: same, fit: meanAndDeviation },
  'min-max': { bend: same, unbend: same, fit: leastAndRange },
  robust: { bend: same, unbend: same, fit: medianAndQuartiles },
  log: { bend: Math.log1p, unbend: Math.expm1, fit: meanAndDeviation },
  arcsinh: {
    bend: (x, cofactor) => Math.asinh(x / cofactor),
    unbend: (y, cofactor) => Math.sinh(y) * cofactor,
    fit: meanAndDeviation,
  },
  none: { bend: same, unbend: same, fit: () => ({ centre: 0, scale: 1 }) },
}

/** Fits one feature's preprocessing to its values (NaN: missing, at least one present). A scale of 0 or NaN says that the values are all the same. */
export function fitPreprocessing(
  values: Float64Array,
  method: PreprocessingName,
  options: { readonly cofactor: number; readonly factor: number },
): FeaturePreprocessing {
  const cofactor = method === 'arcsinh' ? options.cofactor : 1
  const bent = values.filter((x) => !Number.isNaN(x)).map((x) => methods[method].bend(x, cofactor))
  return { method, cofactor, ...methods[method].fit(bent), factor: options.factor }
}

/** A value of the user's as the codebook holds it. */
export function toPreprocessed(p: FeaturePreprocessing, x: number): number {
  return (p.factor * (methods[p.method].bend(x, p.cofactor) - p.centre)) / p.scale
}

/** A value of the codebook in the user's units. */
export function fromPreprocessed(p: FeaturePreprocessing, y: number): number {
  return methods[p.method].unbend((y / p.factor) * p.scale + p.centre, p.cofactor)
}

/**
 * The factor of a feature whose weight is 0. So small that no distance in f32 or f64 changes with it, and large enough that the values, and prototypes with them,
 * keep all their digits: the feature is carried, shown and imputed.
 */
const NO_PART = 2 ** -60

/** A feature weight as a factor on values, so that backends need not know of it: Σ weight·(x - w)² is euclidean over values times √weight. */
export function factorOf(weight: number, metric: Metric): number {
  if (weight === 0) return NO_PART
  return metric === 'euclidean' || metric === 'cosine' ? Math.sqrt(weight) : weight
}

/** Fits one feature's preprocessing to values that pass by. */
export interface Fitting {
  add(x: number): void
  /** Values that were not missing. */
  count(): number
  done(factor: number): FeaturePreprocessing
}

/** What cannot be fitted in one pass: its quantiles need all values at once. */
export const NEEDS_ALL_VALUES: readonly PreprocessingName[] = ['robust']

/** As `fitPreprocessing`, of values that pass by (NaN: missing), in every method but those that need all values at once. */
export function fittingOf(method: PreprocessingName, given: { readonly cofactor: number }): Fitting {
  const cofactor = method === 'arcsinh' ? given.cofactor : 1
  const { bend } = methods[method]
  let [count, mean, squares] = [0, 0, 0]
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const centreAndScale = (): { centre: number; scale: number } => {
    if (method === 'none') return { centre: 0, scale: 1 }
    if (method === 'min-max') return { centre: least, scale: most - least }
    // Equal values may differ from their mean by rounding; that is no spread.
    const scale = Math.sqrt(squares / count)
    return { centre: mean, scale: scale <= Math.abs(mean) * 1e-12 ? 0 : scale }
  }
  return {
    add(x) {
      if (Number.isNaN(x)) return
      const y = bend(x, cofactor)
      const deviation = y - mean
      mean += deviation / ++count
      squares += deviation * (y - mean)
      if (y < least) least = y
      if (y > most) most = y
    },
    count: () => count,
    done: (factor) => ({ method, cofactor, ...centreAndScale(), factor }),
  }
}

function meanAndDeviation(values: Float64Array): { centre: number; scale: number } {
  let mean = 0
  for (let i = 0; i < values.length; i++) mean += (values[i] - mean) / (i + 1)
  let largest = 0
  for (const x of values) largest = Math.max(largest, Math.abs(x - mean))
  let squares = 0
  // Relative to the largest, so that squares neither overflow nor vanish.
  for (const x of values) squares += largest > 0 ? ((x - mean) / largest) ** 2 : 0
  const scale = largest * Math.sqrt(squares / values.length)
  // Equal values may differ from their mean by rounding; that is no spread.
  return { centre: mean, scale: scale <= Math.abs(mean) * 1e-12 ? 0 : scale }
}

function leastAndRange(values: Float64Array): { centre: number; scale: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const x of values) {
    if (x < least) least = x
    if (x > most) most = x
  }
  return { centre: least, scale: most - least }
}

/** A quartile range this small beside the standard deviation means that half of the values are one and the same. */
const NO_RANGE = 1e-6

/** Median and distance between the quartiles; where half of the values are one and the same, the standard deviation stands in for the latter. */
function medianAndQuartiles(values: Float64Array): { centre: number; scale: number } {
  const sorted = values.slice().sort()
  const range = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)
  const deviation = meanAndDeviation(values).scale
  return { centre: quantileOf(sorted, 0.5), scale: range > NO_RANGE * deviation ? range : deviation }
}

/** Quantile of ascending values by linear interpolation (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float64Array | Float32Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}
