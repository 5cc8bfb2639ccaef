import type { Metric } from '../map/distance.ts'

export const PREPROCESSINGS = ['z-score', 'min-max', 'robust', 'log', 'arcsinh', 'none'] as const
/** What is done to a feature where nothing else is requested. */
export const USUAL_PREPROCESSING = 'z-score'
/** What is done instead to features of a metric that reads them as 0 and 1. */
const OF_BITS: readonly Metric[] = ['hamming', 'jaccard', 'tanimoto']

/** What is done to a feature of a metric where nothing is requested. */
export const usualPreprocessing = (metric: Metric): PreprocessingName =>
  OF_BITS.includes(metric) ? 'none' : USUAL_PREPROCESSING

export type PreprocessingName = (typeof PREPROCESSINGS)[number]

/**
 * What is done to one feature: `factor · (bend(x) - centre) / scale`. Fitted on the training rows, stored in the Som.
 */
export interface FeaturePreprocessing {
  readonly method: PreprocessingName
  /** The divisor of `arcsinh`; 1 for other methods. */
  readonly cofactor: number
  readonly centre: number
  /** Above 0. */
  readonly scale: number
  /**
   * How much the feature counts, as a factor on its preprocessed values: √weight for euclidean and cosine, the weight
   * for other metrics.
   */
  readonly factor: number
}

/**
 * The transform of a method. `log` is ln(1 + x), `arcsinh` is asinh(x / cofactor); `fit-preprocessing.ts` has where its
 * centre and scale come from.
 */
interface Bend {
  bend(x: number, cofactor: number): number
  unbend(y: number, cofactor: number): number
}

const straight: Bend = { bend: (x) => x, unbend: (y) => y }

const bends: Record<PreprocessingName, Bend> = {
  'z-score': straight,
  'min-max': straight,
  robust: straight,
  log: { bend: Math.log1p, unbend: Math.expm1 },
  arcsinh: {
    bend: (x, cofactor) => Math.asinh(x / cofactor),
    unbend: (y, cofactor) => Math.sinh(y) * cofactor,
  },
  none: straight,
}

/** A transformed value, before it is centred and scaled. */
export function bendOf(method: PreprocessingName, cofactor: number): (x: number) => number {
  const { bend } = bends[method]
  return (x) => bend(x, cofactor)
}

/** A value in the user's units, in codebook units. */
export function toPreprocessed(p: FeaturePreprocessing, x: number): number {
  return scaled(p, bends[p.method].bend(x, p.cofactor))
}

/** A codebook value, in the user's units. */
export function fromPreprocessed(p: FeaturePreprocessing, y: number): number {
  return bends[p.method].unbend((y / p.factor) * p.scale + p.centre, p.cofactor)
}

/** The three numbers of `scaled`, which preprocess a feature whose method has no transform. */
export type Linear = Pick<FeaturePreprocessing, 'centre' | 'scale' | 'factor'>

/** A value centred and scaled: `(factor · (x - centre)) / scale`, in this order. */
export function scaled({ centre, scale, factor }: Linear, x: number): number {
  return (factor * (x - centre)) / scale
}

/**
 * For loops over many values: the numbers with which `scaled` gives the same bits as `toPreprocessed`. Null if the
 * method has a transform.
 */
export function linearPreprocessing(p: FeaturePreprocessing): Linear | null {
  return bends[p.method] === straight ? p : null
}

/**
 * The factor of a feature whose weight is 0. So small that it changes no distance in f32 or f64, yet large enough that
 * values and prototypes keep all their digits: the feature is carried, shown and imputed.
 */
const NO_PART = 2 ** -60

/**
 * A feature weight as a factor on values, so that backends need not handle it: Σ weight·(x - w)² is euclidean over
 * values times √weight.
 */
export function factorOf(weight: number, metric: Metric): number {
  if (weight === 0) return NO_PART
  return metric === 'euclidean' || metric === 'cosine' ? Math.sqrt(weight) : weight
}
