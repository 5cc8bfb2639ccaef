import type { Metric } from '../../map/distance.ts'
import { unitCount } from '../../map/lattice.ts'
import { defaultUnits } from '../../plan/map-size.ts'
import type { Som } from '../../som.ts'
import type { Symptoms } from './symptoms.ts'

/** Something that the user of a map should know, in plain words. */
export interface Diagnosis {
  readonly kind:
    | 'unfinished'
    | 'folded'
    | 'too fine'
    | 'too stiff'
    | 'too large'
    | 'too small'
    | 'overfitted'
    | 'too few epochs'
    | 'dominant feature'
    | 'unused rows'
  /** The finding, with its figure. */
  readonly finding: string
  /** What may help. */
  readonly advice: string
}

// The limits come from docs/design/defaults.md, which compares good maps of real tables with maps made wrong on
// purpose.

/**
 * Combined error over quantization error: above, the map is folded or too fine; below, it is too stiff. A good map of
 * two features has about 3.0, of three 2.2 to 2.5, and of many 1.7.
 */
const TORN = 2.3
const TORN_BY_FEATURES: Readonly<Record<number, number>> = { 2: 3.5, 3: 2.8 }
/**
 * Topographic error up to which a map is fine, however far apart its units are: data of at most two dimensions need no
 * fold.
 */
const IN_ORDER = 0.05
const TOO_STIFF = 1.25
/** The metrics whose ratio says this: along a path, other distances add up to less, as squares do. */
const NORMS: readonly Metric[] = ['euclidean', 'manhattan', 'chebyshev']
/** A final radius that the advice would not change for the better. */
const HIGH_ENOUGH = 0.7
/**
 * Share of the rows whose two nearest units are far apart on the map: it distinguishes a folded map from one that is
 * too fine; a very large share suffices on its own.
 */
const FOLDED = 0.07
const FOLDED_ALONE = 0.25
/** A map with fewer units has hardly any shape. */
const LEAST_UNITS = 12
/** Training rows per unit. */
const TOO_LARGE = 1.5
const MANY_ROWS = 10
/** Quantization error of new rows over that of the training rows. */
const OVERFITTED = 1.6
const SAME_ERROR = 1.03
/** Quantization error after two more epochs, over that before them. */
const STILL_FALLING = 0.97
/** Share of the default number of units below which a map may be called too small. */
const FEW_UNITS = 0.9
/** One feature's share of the variance between units. */
const DOMINANT = 0.6
/** Share of the rows without a value. */
const UNUSED = 0.05

/** What stands out about a map; empty if nothing does. */
export function diagnose(som: Som, symptoms: Symptoms): Diagnosis[] {
  const rules = [unfinished, shape, tooLarge, newRows, tooFewEpochs, dominant, unused]
  return rules.flatMap((rule) => rule(som, symptoms) ?? [])
}

type DiagnosisRule = (som: Som, symptoms: Symptoms) => Diagnosis | null

const unfinished: DiagnosisRule = ({ training }) =>
  training.unfinished === undefined
    ? null
    : { kind: 'unfinished', finding: 'the training was interrupted', advice: 'resume it' }

const shape: DiagnosisRule = (
  { lattice, metric, features, training },
  { farSeconds, combinedError, quantizationError, topographicError },
) => {
  if (unitCount(lattice) < LEAST_UNITS) return null
  const ratio = NORMS.includes(metric) ? combinedError / quantizationError : Number.NaN
  const isTorn = ratio > (TORN_BY_FEATURES[features.length] ?? TORN) && topographicError > IN_ORDER
  if (farSeconds > FOLDED_ALONE || (isTorn && farSeconds > FOLDED)) {
    return {
      kind: 'folded',
      finding: `${percent(farSeconds)} of the rows have their two nearest units more than a third of the map apart`,
      advice: 'start with a larger radius, train more epochs, or let the data decide the sides of the map',
    }
  }
  if (isTorn) {
    return {
      kind: 'too fine',
      finding: `neighbouring units are far apart in the data: the combined error is ${shown(ratio)} times the quantization error`,
      advice:
        (training.phases.at(-1)?.radius.end ?? 0) < HIGH_ENOUGH
          ? 'let the radius end higher, for example at 0.8'
          : 'use fewer units',
    }
  }
  if (ratio >= TOO_STIFF || Number.isNaN(ratio)) return null
  return {
    kind: 'too stiff',
    finding: `the units are held close together and fit the rows poorly: the combined error is only ${shown(ratio)} times the quantization error`,
    advice: 'let the radius end lower, for example at 0.8, or use more units',
  }
}

const tooLarge: DiagnosisRule = (som) => {
  const rowsPerUnit = rowsPerUnitOf(som)
  if (!(rowsPerUnit < TOO_LARGE)) return null
  return {
    kind: 'too large',
    finding: `there are ${unitCount(som.lattice)} units for ${som.training.rows} training rows`,
    advice: 'use fewer units, or more rows',
  }
}

/** What only rows outside the training set can show. */
const newRows: DiagnosisRule = (som, { heldOut, quantizationError }) => {
  if (!heldOut || som.seen === null) return null
  const ratio = quantizationError / som.seen.quantizationError
  if (ratio > OVERFITTED) {
    return {
      kind: 'overfitted',
      finding: `these rows are ${shown(ratio)} times as far from their units as the training rows were`,
      advice: 'use fewer units; or check whether these rows differ from the training rows',
    }
  }
  const rowsPerUnit = rowsPerUnitOf(som)
  const isSmall = unitCount(som.lattice) < FEW_UNITS * defaultUnits(som.training.rows)
  if (!(isSmall && rowsPerUnit > MANY_ROWS && ratio < SAME_ERROR)) return null
  return {
    kind: 'too small',
    finding: `${shown(rowsPerUnit)} training rows share a unit, and new rows fit as well as those`,
    advice: 'use more units',
  }
}

const tooFewEpochs: DiagnosisRule = (_, { afterMoreEpochs }) =>
  afterMoreEpochs < STILL_FALLING
    ? {
        kind: 'too few epochs',
        finding: `two more epochs lower the quantization error by ${percent(1 - afterMoreEpochs)}`,
        advice: 'train more epochs',
      }
    : null

const dominant: DiagnosisRule = ({ features, codebook }) => {
  if (features.length < 3) return null
  const variances = features.map((_, f) => {
    let [sum, squares] = [0, 0]
    for (let unit = 0; unit < codebook.rows; unit++) {
      const w = codebook.data[unit * codebook.columns + f]
      sum += w
      squares += w * w
    }
    return squares / codebook.rows - (sum / codebook.rows) ** 2
  })
  const total = variances.reduce((sum, x) => sum + x, 0)
  const most = variances.indexOf(Math.max(...variances))
  if (!(variances[most] / total > DOMINANT)) return null
  return {
    kind: 'dominant feature',
    finding: `${features[most].name} makes ${percent(variances[most] / total)} of the differences between units`,
    advice: 'scale it (z-score, log) or give it a smaller weight',
  }
}

const unused: DiagnosisRule = (_, { rows, emptyRows }) =>
  emptyRows / rows > UNUSED
    ? {
        kind: 'unused rows',
        finding: `${emptyRows} of ${rows} rows have no value in any feature`,
        advice: 'check why they are empty',
      }
    : null

/** Training rows with a value, per unit; NaN for a map whose training is unknown. */
function rowsPerUnitOf({ lattice, training }: Som): number {
  const rows = training.rows - training.emptyRows
  return rows > 0 ? rows / unitCount(lattice) : Number.NaN
}

const shown = (x: number): string => String(Number(x.toPrecision(2)))
const percent = (share: number): string => `${shown(100 * share)} %`
