import { bendOf, type FeaturePreprocessing, type PreprocessingName } from './preprocessing.ts'
import { quantileOf, weightedQuantiles } from './quantile.ts'

/**
 * Values of one feature in a part of the rows: `data[at]`, `data[at + stride]`, …, NaN for a missing one. A row of
 * weight w counts as w repetitions of it.
 */
export interface Values {
  readonly data: Float32Array | Float64Array
  readonly at: number
  readonly stride: number
  readonly rows: number
  readonly weights?: Float32Array
}

/** Fits one feature's preprocessing to values that arrive part by part, in one or two passes. */
export interface Fitting {
  add(values: Values): void
  /** Ends a pass; true if another pass over the same values is needed. */
  again(): boolean
  /** Whether there was any value. */
  isFound(): boolean
  /** A scale of 0 or NaN means that all values are the same. */
  done(factor: number): FeaturePreprocessing
}

/** The method that cannot be fitted part by part: its quantiles need all values at once. */
export const NEEDS_ALL_VALUES: readonly PreprocessingName[] = ['robust']

/** Fits `method`, with the bits that `docs/design/arithmetic.md` defines, however the rows are divided into parts. */
export function fittingOf(method: PreprocessingName, given: { readonly cofactor: number }): Fitting {
  const cofactor = method === 'arcsinh' ? given.cofactor : 1
  const scaling = scalings[method](bendOf(method, cofactor))
  return {
    add: scaling.add,
    again: scaling.again,
    isFound: scaling.isFound,
    done: (factor) => ({ method, cofactor, ...scaling.done(), factor }),
  }
}

/** Fits one feature's preprocessing to all its values at once; at least one must be present. */
export function fitPreprocessing(
  values: Float64Array,
  method: PreprocessingName,
  {
    cofactor,
    factor,
    weights,
  }: { readonly cofactor: number; readonly factor: number; readonly weights?: Float32Array },
): FeaturePreprocessing {
  const fitting = fittingOf(method, { cofactor })
  do fitting.add({ data: values, at: 0, stride: 1, rows: values.length, weights })
  while (fitting.again())
  return fitting.done(factor)
}

interface Scaling extends Pick<Fitting, 'add' | 'again' | 'isFound'> {
  done(): { centre: number; scale: number }
}

type Bend = (x: number) => number

const scalings: Record<PreprocessingName, (bend: Bend) => Scaling> = {
  'z-score': meanAndDeviation,
  'min-max': leastAndRange,
  robust: medianAndQuartiles,
  log: meanAndDeviation,
  arcsinh: meanAndDeviation,
  none: asTheyAre,
}

/** Calls `visit` with each transformed value that is present and has weight. */
function each(
  { data, at, stride, rows, weights }: Values,
  bend: Bend,
  visit: (y: number, weight: number) => void,
): void {
  for (let i = 0, place = at; i < rows; i++, place += stride) {
    const weight = weights === undefined ? 1 : weights[i]
    const x = data[place]
    if (weight > 0 && !Number.isNaN(x)) visit(bend(x), weight)
  }
}

function asTheyAre(bend: Bend): Scaling {
  let found = false
  return {
    add(values) {
      if (!found)
        each(values, bend, () => {
          found = true
        })
    },
    again: () => false,
    isFound: () => found,
    done: () => ({ centre: 0, scale: 1 }),
  }
}

function leastAndRange(bend: Bend): Scaling {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  return {
    add: (values) =>
      each(values, bend, (y) => {
        if (y < least) least = y
        if (y > most) most = y
      }),
    again: () => false,
    isFound: () => least <= most,
    done: () => ({ centre: least, scale: most - least }),
  }
}

/**
 * Two passes: the mean first, then the deviations from it. One pass would lose a small deviation beside a large mean.
 */
function meanAndDeviation(bend: Bend): Scaling {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [total, mean, squares] = [0, 0, 0]
  /** The largest distance from the mean; -1 in the first pass. */
  let largest = -1
  return {
    add(values) {
      if (largest < 0) {
        each(values, bend, (y, weight) => {
          if (y < least) least = y
          if (y > most) most = y
          total += weight
          mean += (y - mean) / (total / weight)
        })
      } else if (largest > 0) {
        // Relative to the largest, so that squares neither overflow nor vanish.
        each(values, bend, (y, weight) => {
          squares += weight * ((y - mean) / largest) ** 2
        })
      }
    },
    again() {
      if (largest >= 0) return false
      largest = Math.max(mean - least, most - mean, 0)
      return largest > 0
    },
    isFound: () => total > 0,
    done() {
      const scale = largest * Math.sqrt(squares / total)
      // Equal values may differ from their mean by rounding; that is not a spread.
      return { centre: mean, scale: scale <= Math.abs(mean) * 1e-12 ? 0 : scale }
    },
  }
}

/** A quartile range this small compared with the standard deviation means that half of the values are identical. */
const NO_RANGE = 1e-6

/** Median and interquartile range; if half of the values are identical, the standard deviation replaces the latter. */
function medianAndQuartiles(bend: Bend): Scaling {
  const spread = meanAndDeviation(bend)
  const values: number[] = []
  const weights: number[] = []
  let isWeighted = false
  let isFirst = true
  return {
    add(part) {
      spread.add(part)
      if (!isFirst) return
      isWeighted ||= part.weights !== undefined
      each(part, bend, (y, weight) => {
        values.push(y)
        if (isWeighted) weights.push(weight)
      })
    },
    again() {
      isFirst = false
      return spread.again()
    },
    isFound: spread.isFound,
    done() {
      const shares = [0.25, 0.5, 0.75]
      const all = Float64Array.from(values)
      const [low, centre, high] = isWeighted
        ? weightedQuantiles(all, Float64Array.from(weights), shares)
        : quantilesOf(all, shares)
      const deviation = spread.done().scale
      return { centre, scale: high - low > NO_RANGE * deviation ? high - low : deviation }
    },
  }
}

function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  const sorted = values.sort()
  return shares.map((share) => quantileOf(sorted, share))
}
