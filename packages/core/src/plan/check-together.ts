import type { Task } from '../backend/backend.ts'
import { type Issues, show } from '../issue.ts'
import { kernelForm } from '../map/neighbourhood.ts'
import type { Rule } from '../training-record.ts'
import { checkLayers, UNWEIGHABLE } from './check-layers.ts'
import { MOST_UNITS } from './option-table.ts'
import type { TrainOptions } from './options.ts'

/**
 * Checks what options must be to each other. Where one of them is wrong on its own, which was reported, nothing is
 * stated of it here.
 */
export function checkTogether(options: TrainOptions, task: Task, rule: Rule, issues: Issues): void {
  const wrong = issues.list.map(({ path }) => path.split(/[.[]/)[0])
  if (!wrong.includes('lattice')) checkLattice(options.lattice, task, issues)
  if (!wrong.includes('kernel')) checkKernel(task, rule, issues)
  if (!wrong.includes('layers')) checkLayers(options, issues)
  if (!wrong.includes('metric') && !wrong.includes('featureWeights')) checkWeighed(options, issues)
  const alone = (['epochs', 'radius', 'learningRate'] as const).filter((name) => options[name] !== undefined)
  if (options.phases !== undefined && alone.length > 0)
    issues.add(alone.join(', '), 'belong to each of `phases`, or stand alone without them')
}

function checkWeighed({ metric, featureWeights = {} }: TrainOptions, issues: Issues): void {
  if (typeof metric !== 'string' || !UNWEIGHABLE.includes(metric)) return
  if (Object.values(featureWeights).some((weight) => weight !== 1))
    issues.add('featureWeights', `expected none: ${metric} counts all features alike`)
}

function checkLattice(given: TrainOptions['lattice'], { lattice }: Task, issues: Issues): void {
  const { cell, shape, rows, columns } = lattice
  const sides = [given?.rows, given?.columns].filter((side) => side !== undefined).length
  if (sides === 1) issues.add('lattice', 'expected both rows and columns, or neither, found one')
  if (given?.units !== undefined && sides > 0)
    issues.add('lattice.units', 'expected either `units` or `rows` and `columns`, found both')
  if (rows * columns > MOST_UNITS)
    issues.add('lattice', `expected at most ${MOST_UNITS} units, found ${rows} x ${columns}`)
  if (cell === 'hexagonal' && shape !== 'sheet' && rows % 2 !== 0) {
    issues.add(
      'lattice.rows',
      `a hexagonal ${shape} needs an even number of rows so that its seam fits, found ${rows}; ${rows + 1} would do`,
    )
  }
}

function checkKernel({ kernel }: Task, rule: Rule, issues: Issues): void {
  if (!kernelForm(kernel).signed || rule === 'online') return
  issues.add(
    'kernel',
    `${show(kernel)} works with the online rule only: its batch mean would divide by a sum with no fixed sign; use rule "online" or another kernel`,
  )
}
