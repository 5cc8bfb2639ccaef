import type { Task } from '../backend/backend.ts'
import { type Issues, show } from '../issue.ts'
import type { Lattice } from '../map/lattice.ts'
import type { Som } from '../som.ts'
import type { Rule } from '../training-record.ts'
import { checkChoices, checkOptionNames } from './check-choices.ts'
import { checkTask, MOST_UNITS } from './check-task.ts'
import { TRAINING_DEFAULTS } from './defaults.ts'
import type { TrainOptions } from './options.ts'
import { checkPhase, type Phase } from './phases.ts'
import { resumeOptions } from './resume.ts'

/** Stands in for the number of rows before they are known. */
const UNKNOWN_ROWS = 0

const RULES = ['batch', 'online', 'mini-batch'] as const

/** Checked options, and what they decide before there are rows. */
export interface CheckedOptions {
  readonly given: TrainOptions
  /** As given, or those of the run that is resumed. */
  readonly options: TrainOptions
  readonly origin: Som | undefined
  readonly task: Task
  /** Whether the task's lattice has its size. */
  readonly sized: boolean
  readonly rule: Rule
}

/** Checks everything that can be checked without the samples. Null where the options are not an object. */
export function checkOptions(given: TrainOptions, issues: Issues): CheckedOptions | null {
  if (typeof given !== 'object' || given === null) {
    issues.add('', `expected options { samples, … }, found ${show(given)}`)
    return null
  }
  checkOptionNames(given, issues)
  const options = given.resume === undefined ? given : resumeOptions(given, issues)
  const origin = given.resume ?? options.from
  const rule = options.rule ?? TRAINING_DEFAULTS.rule
  issues.choice('rule', rule, RULES)
  checkChoices(options, issues)
  const metric = origin?.metric ?? options.metric ?? TRAINING_DEFAULTS.metric
  const kernel = origin?.kernel ?? options.kernel ?? TRAINING_DEFAULTS.kernel
  const { units, ...sides } = options.lattice ?? {}
  if (units !== undefined) {
    issues.integer('lattice.units', units, 1, MOST_UNITS)
    if (sides.rows !== undefined || sides.columns !== undefined)
      issues.add('lattice.units', 'expected either `units` or `rows` and `columns`, found both')
  }
  const lattice: Lattice = {
    cell: TRAINING_DEFAULTS.cell,
    shape: TRAINING_DEFAULTS.shape,
    rows: 2,
    columns: 2,
    ...origin?.lattice,
    ...sides,
  }
  checkTask({ lattice, metric, kernel }, rule, issues)
  const sized = origin !== undefined || (options.lattice?.rows !== undefined && options.lattice.columns !== undefined)
  // Checked here and made in full later: the defaults depend on the size of the map and on the number of rows.
  checkPhases(options, lattice, UNKNOWN_ROWS, issues)
  return { given, options, origin, task: { lattice, metric, kernel }, sized, rule }
}

/** The phases of a run with their defaults filled in. */
export function checkPhases(options: TrainOptions, lattice: Lattice, rows: number, issues: Issues): Phase[] {
  if (!Array.isArray(options.phases)) return [checkPhase(options, lattice, rows, '', issues)]
  return options.phases.map((phase: unknown, i) => {
    if (typeof phase === 'object' && phase !== null) return checkPhase(phase, lattice, rows, `phases[${i}].`, issues)
    issues.add(`phases[${i}]`, `expected { epochs, radius, learningRate }, found ${show(phase)}`)
    return checkPhase({}, lattice, rows, '', issues)
  })
}
