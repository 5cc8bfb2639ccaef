import { type Issues, show } from '../issue.ts'
import { PREPROCESSINGS } from '../rows/preprocessing.ts'
import { suggest } from '../suggest.ts'
import { INITIALS } from './initial-name.ts'
import { OPTION_NAMES, type TrainOptions } from './options.ts'

/** Tells every option that there is not. */
export function checkOptionNames(options: TrainOptions, issues: Issues): void {
  for (const name of Object.keys(options)) {
    if (OPTION_NAMES.includes(name)) continue
    const near = suggest(name, OPTION_NAMES)
    issues.add(name, `no such option${near ? `; did you mean ${near}?` : `; there are ${OPTION_NAMES.join(', ')}`}`)
  }
}

/** Checks what can be checked without looking at the samples. */
export function checkChoices(options: TrainOptions, issues: Issues): void {
  const { lattice, batchSize, order, decayPer, initial, preprocessing, cofactor, featureWeights, seed, stop, phases } =
    options
  if (lattice !== undefined && (typeof lattice !== 'object' || lattice === null)) {
    issues.add('lattice', `expected { cell, shape, rows, columns }, found ${show(lattice)}`)
  } else if (lattice && (lattice.rows === undefined) !== (lattice.columns === undefined)) {
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
  for (const [name, weight] of Object.entries(featureWeights ?? {})) issues.number(`featureWeights.${name}`, weight, 0)
  if (seed !== undefined) issues.integer('seed', seed, 0)
  if (stop !== undefined && (typeof stop !== 'object' || stop === null)) {
    issues.add('stop', `expected { patience, tolerance }, found ${show(stop)}`)
  } else {
    if (stop?.patience !== undefined) issues.integer('stop.patience', stop.patience, 1)
    if (stop?.tolerance !== undefined) issues.number('stop.tolerance', stop.tolerance, 0)
  }
  if (phases !== undefined && (!Array.isArray(phases) || phases.length === 0)) {
    issues.add('phases', `expected at least 1 phase, found ${show(phases)}`)
  }
  const alone = (['epochs', 'radius', 'learningRate'] as const).filter((name) => options[name] !== undefined)
  if (phases !== undefined && alone.length > 0) {
    issues.add(alone.join(', '), 'belong to each of `phases`, or stand alone without them')
  }
  const settled = (
    ['lattice', 'metric', 'kernel', 'initial', 'preprocessing', 'featureWeights', 'cofactor'] as const
  ).filter((name) => options.from !== undefined && options[name] !== undefined)
  if (settled.length > 0) issues.add(settled.join(', '), 'come from the map that training starts from; leave them out')
}
