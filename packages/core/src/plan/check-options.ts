import type { Task } from '../backend/backend.ts'
import { type Issues, show } from '../issue.ts'
import { isLayered, wrongLayers } from '../map/distance.ts'
import type { Som } from '../som.ts'
import type { Rule } from '../training-record.ts'
import { checkSettled } from './check-settled.ts'
import { checkTogether } from './check-together.ts'
import { checkValue } from './check-value.ts'
import { OPTIONS } from './option-table.ts'
import type { TrainOptions } from './options.ts'
import { phasesOf } from './phases.ts'
import { resumeOptions } from './resume.ts'

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

/** Stands in for the number of rows before they are known. */
const UNKNOWN_ROWS = 0

/** Stands in for the size of a map that the rows decide: every cell and shape may have it. */
const UNSIZED = { rows: 2, columns: 2 }

/** Checks everything that can be checked without the samples. Null where the options are not an object. */
export function checkOptions(given: TrainOptions, issues: Issues): CheckedOptions | null {
  if (typeof given !== 'object' || given === null) {
    issues.add('', `expected options { samples, … }, found ${show(given)}`)
    return null
  }
  checkAll(given, issues)
  const options = given.resume === undefined ? given : resumeOptions(given, issues)
  const origin = given.resume ?? options.from
  if (given.resume !== undefined) checkAll(options, issues)
  if (options.from !== undefined) checkSettled(options, issues)
  if (origin !== undefined) {
    const { lattice, kernel, metric } = origin
    checkAll({ lattice, kernel, ...(!isLayered(metric) && { metric }) }, issues)
    const wrong = isLayered(metric) ? wrongLayers(metric, origin.features.length) : null
    if (wrong !== null) issues.add(`${given.resume === undefined ? 'from' : 'resume'}.metric`, wrong)
  }
  const { units: _, ...sides } = options.lattice ?? {}
  const { cell, shape } = OPTIONS.lattice.of
  const task: Task = {
    lattice: { cell: cell.default, shape: shape.default, ...UNSIZED, ...origin?.lattice, ...sides },
    metric: origin?.metric ?? options.metric ?? OPTIONS.metric.default,
    kernel: origin?.kernel ?? options.kernel ?? OPTIONS.kernel.default,
  }
  const rule = options.rule ?? OPTIONS.rule.default
  checkTogether(options, task, rule, issues)
  // Tried here and made in full later: the defaults depend on the size of the map and on the number of rows.
  phasesOf(options, task.lattice, UNKNOWN_ROWS, issues)
  const sized = origin !== undefined || (sides.rows !== undefined && sides.columns !== undefined)
  return { given, options, origin, task, sized, rule }
}

/** Checks each value on its own, and reports names that no option has. */
function checkAll(options: Partial<TrainOptions>, issues: Issues): void {
  checkValue('', options, { kind: 'group', of: OPTIONS }, issues)
}
