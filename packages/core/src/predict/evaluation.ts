/** How good the predictions of one target are, on rows whose values are known. */
export type TargetEvaluation = (ClassEvaluation | NumberEvaluation) & {
  /** False where the map was trained on these very rows: predictions of new rows are not as good. */
  readonly heldOut: boolean
}

interface Evaluated {
  readonly name: string
  /** Rows with a value and a prediction. */
  readonly rows: number
}

/** Rows weigh as they do in training; counts of the confusion matrix and shares are weighted. */
export interface ClassEvaluation extends Evaluated {
  readonly kind: 'class'
  readonly classes: readonly string[]
  /** classes × classes: the weight of the rows of each class (row by row) that were predicted to be of each class. */
  readonly confusion: Float64Array
  /** The share of rows whose class was predicted. */
  readonly accuracy: number
  /** The accuracy of always predicting the most frequent class of these rows. */
  readonly majority: number
  /** Mean F1 of the classes that these rows have. */
  readonly macroF1: number
  readonly byClass: readonly ClassFigures[]
  /** Mean −ln of the probability of the true class, each taken as at least 1e-15. */
  readonly logLoss: number
  /** Mean squared distance of the probabilities from the truth, 0 to 2 (G. W. Brier, 1950). */
  readonly brier: number
  /** Mean distance of the probability of the predicted class from the share of rows that were right, over ten bins. */
  readonly calibrationError: number
  readonly calibration: readonly CalibrationBin[]
}

/** Figures of a class; NaN where there is nothing to divide by. */
export interface ClassFigures {
  readonly name: string
  /** Weight of the rows of this class. */
  readonly weight: number
  /** Of the rows predicted to be of it, the share that are. */
  readonly precision: number
  /** Of its rows, the share predicted to be of it. */
  readonly recall: number
  /** The harmonic mean of both. */
  readonly f1: number
}

/** Rows whose predicted class has a probability from `from` on and below `to`. */
export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly weight: number
  /** Their mean probability; NaN where there are none. */
  readonly probability: number
  /** The share of them that was right; NaN where there are none. */
  readonly right: number
}

export interface NumberEvaluation extends Evaluated {
  readonly kind: 'number'
  /** 1 − squared errors / squared distances from the mean of these rows: 1 is perfect, 0 as good as their mean. */
  readonly r2: number
  readonly rootMeanSquaredError: number
  readonly meanAbsoluteError: number
  /** How often intervals are to hold the true value, and how often they did. */
  readonly coverage: { readonly stated: number; readonly found: number }
  /** Mean width of the intervals. */
  readonly width: number
}

/** Known classes of rows, and what was predicted of them. */
export interface KnownClasses {
  readonly name: string
  readonly classes: readonly string[]
  /** The place of each row's class; -1 for none. */
  readonly known: Int32Array
  /** The predicted ones; -1 for none. */
  readonly place: Int32Array
  /** rows × classes. */
  readonly probabilities: Float64Array
}

const BINS = 10
const LEAST_PROBABILITY = 1e-15

/** Compares predicted classes with known ones. Rows without either are left out. */
export function evaluateClasses(
  { name, classes, known, place, probabilities }: KnownClasses,
  weights?: Float32Array,
): ClassEvaluation {
  const count = classes.length
  const confusion = new Float64Array(count * count)
  const bins = Array.from({ length: BINS }, () => ({ weight: 0, probability: 0, right: 0 }))
  let [rows, total, right, loss, squares] = [0, 0, 0, 0, 0]
  for (let i = 0; i < known.length; i++) {
    const weight = weights?.[i] ?? 1
    if (known[i] < 0 || place[i] < 0 || weight === 0) continue
    rows++
    total += weight
    confusion[known[i] * count + place[i]] += weight
    const own = probabilities.subarray(i * count, (i + 1) * count)
    loss -= weight * Math.log(Math.max(LEAST_PROBABILITY, own[known[i]]))
    for (let c = 0; c < count; c++) squares += weight * (own[c] - (c === known[i] ? 1 : 0)) ** 2
    const sure = own[place[i]]
    const bin = bins[Math.min(BINS - 1, Math.floor(sure * BINS))]
    bin.weight += weight
    bin.probability += weight * sure
    if (known[i] === place[i]) {
      bin.right += weight
      right += weight
    }
  }
  const byClass = classes.map((one, c) => figuresOf(one, c, confusion, count))
  const present = byClass.filter(({ weight }) => weight > 0)
  return {
    name,
    kind: 'class',
    rows,
    classes,
    confusion,
    accuracy: right / total,
    majority: Math.max(...byClass.map(({ weight }) => weight)) / total,
    macroF1: present.reduce((sum, { f1 }) => sum + f1, 0) / present.length,
    byClass,
    logLoss: loss / total,
    brier: squares / total,
    calibrationError: bins.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.right), 0) / total,
    calibration: bins.map(({ weight, probability, right: good }, b) => ({
      from: b / BINS,
      to: (b + 1) / BINS,
      weight,
      probability: probability / weight,
      right: good / weight,
    })),
  }
}

function figuresOf(name: string, c: number, confusion: Float64Array, count: number): ClassFigures {
  let [own, predicted] = [0, 0]
  for (let other = 0; other < count; other++) {
    own += confusion[c * count + other]
    predicted += confusion[other * count + c]
  }
  const hit = confusion[c * count + c]
  return { name, weight: own, precision: hit / predicted, recall: hit / own, f1: (2 * hit) / (own + predicted) }
}

/** Known numbers of rows, and what was predicted of them. NaN for none. */
export interface KnownNumbers {
  readonly name: string
  readonly known: Float64Array
  readonly value: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly coverage: number
}

/** Compares predicted numbers with known ones. Rows without either are left out. */
export function evaluateNumbers(
  { name, known, value, low, high, coverage }: KnownNumbers,
  weights?: Float32Array,
): NumberEvaluation {
  let [rows, total, sum] = [0, 0, 0]
  const each = (add: (i: number, weight: number) => void): void => {
    for (let i = 0; i < known.length; i++) {
      const weight = weights?.[i] ?? 1
      if (!Number.isNaN(known[i]) && !Number.isNaN(value[i]) && weight > 0) add(i, weight)
    }
  }
  each((i, weight) => {
    rows++
    total += weight
    sum += weight * known[i]
  })
  const mean = sum / total
  let [squares, around, absolute, inside, width] = [0, 0, 0, 0, 0]
  each((i, weight) => {
    const error = value[i] - known[i]
    squares += weight * error * error
    around += weight * (known[i] - mean) * (known[i] - mean)
    absolute += weight * Math.abs(error)
    if (low[i] <= known[i] && known[i] <= high[i]) inside += weight
    width += weight * (high[i] - low[i])
  })
  return {
    name,
    kind: 'number',
    rows,
    r2: around > 0 ? 1 - squares / around : Number.NaN,
    rootMeanSquaredError: Math.sqrt(squares / total),
    meanAbsoluteError: absolute / total,
    coverage: { stated: coverage, found: inside / total },
    width: width / total,
  }
}
