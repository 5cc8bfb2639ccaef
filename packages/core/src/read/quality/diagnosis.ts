import { unitCount } from '../../map/lattice.ts'
import type { Som } from '../../som.ts'
import type { Quality } from './quality.ts'

/** Something about a map that its user should know, in plain words. */
export interface Diagnosis {
  readonly kind: 'twisted' | 'under-trained' | 'too small' | 'too large' | 'dominant feature' | 'unused rows'
  /** What was seen. */
  readonly finding: string
  /** What may help. */
  readonly advice: string
}

/** Adjacent in the data, and this share of the longer side apart on the lattice, is a fold. */
const FAR = 1 / 3
/** Such neighbours a unit above which a map is called twisted: data of more dimensions than the lattice always have some. */
const FOLDS = 0.5
/** A radius at the end above which neighbours are still held together. */
const WIDE = 1.5
/** A relative fall of the quantization error in the last epoch, at an unchanged radius, above which training was not done. */
const FALLING = 0.02
const MANY_ROWS = 100
const POOR_FIT = 0.5
const MOSTLY = 0.5
const DOMINANT = 0.6

/** What stands out about a map and its quality; empty where nothing does. Rules of thumb, each with the number it goes by. */
export function diagnose(som: Som, quality: Quality): Diagnosis[] {
  return [twisted, underTrained, size, dominant, unused].flatMap((rule) => rule(som, quality) ?? [])
}

type DiagnosisRule = (som: Som, quality: Quality) => Diagnosis | null

const twisted: DiagnosisRule = ({ lattice }, { topographicFunction: { steps, values } }) => {
  const far = Math.ceil(FAR * Math.max(lattice.rows, lattice.columns))
  const folds = values[steps.indexOf(far)] ?? 0
  if (far < 2 || folds <= FOLDS) return null
  return {
    kind: 'twisted',
    finding: `a unit has ${shown(folds)} neighbours in the data that lie more than ${far} steps away on the map`,
    advice: 'start with a larger radius, train more epochs, or let the map be longer than wide',
  }
}

const underTrained: DiagnosisRule = ({ training, lattice }) => {
  const last = training.history.at(-1)
  const before = training.history.at(-2) ?? last
  if (training.unfinished !== undefined || last === undefined || before === undefined) {
    return { kind: 'under-trained', finding: 'its training is not finished', advice: 'resume it' }
  }
  const fall = (before.quantizationError - last.quantizationError) / last.quantizationError
  const isFalling = last.radius === before.radius && fall > FALLING
  const radius = last.endRadius ?? last.radius
  const isWide = radius > WIDE && unitCount(lattice) > 9
  if (!isWide && !isFalling) return null
  return {
    kind: 'under-trained',
    finding: isWide
      ? `its radius was still ${shown(radius)} at the end, which holds neighbours together`
      : `its error still fell by ${shown(100 * fall)} % in the last epoch`,
    advice: isWide ? 'let the radius end at 0.5' : 'train more epochs',
  }
}

const size: DiagnosisRule = ({ lattice }, { rows, measures }) => {
  const units = unitCount(lattice)
  const figure = (name: string): number => measures.find((measure) => measure.name === name)?.value ?? Number.NaN
  const dead = figure('deadUnits') / units
  const explained = figure('explainedVariance')
  if (dead > MOSTLY) {
    return {
      kind: 'too large',
      finding: `${shown(100 * dead)} % of its ${units} units have no row`,
      advice: 'take fewer units, or more rows',
    }
  }
  if (!(rows / units > MANY_ROWS && explained < POOR_FIT)) return null
  return {
    kind: 'too small',
    finding: `${shown(rows / units)} rows share a unit, and it explains ${shown(100 * explained)} % of their variance`,
    advice: 'take more units',
  }
}

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
    finding: `${features[most].name} makes ${shown((100 * variances[most]) / total)} % of the differences between units`,
    advice: 'scale it (z-score, log) or give it a smaller weight',
  }
}

const unused: DiagnosisRule = (_, { rows, emptyRows }) =>
  emptyRows / rows > 0.05
    ? {
        kind: 'unused rows',
        finding: `${emptyRows} of ${rows} rows have no value in any feature`,
        advice: 'look where they come from',
      }
    : null

const shown = (x: number): string => String(Number(x.toPrecision(2)))
