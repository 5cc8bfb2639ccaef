import { type Issues, show } from '../issue.ts'
import { PREPROCESSINGS } from '../rows/preprocessing.ts'
import { SETTLED_BY_FROM } from './defaults.ts'
import { INITIALS } from './initial-name.ts'
import { OPTION_NAMES, type TrainOptions } from './options.ts'

/** The names within each option that holds more than one value. */
const NESTED_NAMES = {
  lattice: ['cell', 'shape', 'rows', 'columns', 'units'],
  radius: ['start', 'end', 'decay'],
  learningRate: ['start', 'end', 'decay'],
  stop: ['patience', 'tolerance'],
} as const satisfies Partial<Record<keyof TrainOptions, readonly string[]>>

const PHASE_NAMES = ['epochs', 'radius', 'learningRate']

/** Reports unknown options, and unknown names within options. */
export function checkOptionNames(options: TrainOptions, issues: Issues): void {
  issues.names('', options, OPTION_NAMES)
  for (const [name, known] of Object.entries(NESTED_NAMES))
    issues.names(name, options[name as keyof TrainOptions], known)
  if (!Array.isArray(options.phases)) return
  options.phases.forEach((phase: unknown, i) => {
    if (typeof phase !== 'object' || phase === null) return
    issues.names(`phases[${i}]`, phase, PHASE_NAMES)
    for (const name of ['radius', 'learningRate'] as const)
      issues.names(`phases[${i}].${name}`, (phase as Record<string, unknown>)[name], NESTED_NAMES[name])
  })
}

/** Checks what can be checked without looking at the samples. */
export function checkChoices(options: TrainOptions, issues: Issues): void {
  const { lattice, batchSize, order, decayPer, initial, preprocessing, cofactor, featureWeights, seed, stop, phases } =
    options
  if (
    typeof lattice === 'object' &&
    lattice !== null &&
    (lattice.rows === undefined) !== (lattice.columns === undefined)
  ) {
    issues.add('lattice', 'expected both rows and columns, or neither, found one')
  }
  if (batchSize !== undefined) issues.integer('batchSize', batchSize, 1)
  if (order !== undefined) issues.choice('order', order, ['shuffled', 'sequential'])
  if (decayPer !== undefined) issues.choice('decayPer', decayPer, ['step', 'epoch'])
  if (typeof initial === 'string') issues.choice('initial', initial, INITIALS)
  if (typeof preprocessing === 'object' && preprocessing !== null) {
    for (const [name, method] of Object.entries(preprocessing))
      issues.choice(`preprocessing.${name}`, method, PREPROCESSINGS)
  } else if (preprocessing !== undefined) issues.choice('preprocessing', preprocessing, PREPROCESSINGS)
  if (cofactor !== undefined) issues.number('cofactor', cofactor, 0)
  for (const [name, weight] of Object.entries(featureWeights ?? {}))
    issues.number(`featureWeights.${name}`, weight, 0, true)
  if (seed !== undefined) issues.integer('seed', seed, 0)
  if (stop?.patience !== undefined) issues.integer('stop.patience', stop.patience, 1)
  if (stop?.tolerance !== undefined) issues.number('stop.tolerance', stop.tolerance, 0)
  if (phases !== undefined && (!Array.isArray(phases) || phases.length === 0)) {
    issues.add('phases', `expected at least 1 phase, found ${show(phases)}`)
  }
  const alone = (['epochs', 'radius', 'learningRate'] as const).filter((name) => options[name] !== undefined)
  if (phases !== undefined && alone.length > 0) {
    issues.add(alone.join(', '), 'belong to each of `phases`, or stand alone without them')
  }
  const settled = SETTLED_BY_FROM.filter((name) => options.from !== undefined && options[name] !== undefined)
  if (settled.length > 0) issues.add(settled.join(', '), 'come from the map that training starts from; leave them out')
}
