import type { Task } from '../backend/backend.ts'
import type { Issues } from '../issue.ts'
import { show } from '../issue.ts'
import { METRICS, type Metric } from '../map/distance.ts'
import { CELLS, type Lattice, SHAPES } from '../map/lattice.ts'
import { KERNELS, type Kernel, kernelForm } from '../map/neighbourhood.ts'

/** The most units a lattice may have: matches are 32-bit, and a map of more could not be looked at. */
export const MOST_UNITS: number = 2 ** 27

/** Checks a lattice, a metric and a kernel, alone and together. */
export function checkTask(task: Task, rule: 'batch' | 'online' | 'mini-batch', issues: Issues): void {
  checkLattice(task.lattice, issues)
  checkMetric(task.metric, issues)
  checkKernel(task.kernel, rule, issues)
}

export function checkLattice(lattice: Lattice, issues: Issues): void {
  const before = issues.list.length
  issues.choice('lattice.cell', lattice.cell, CELLS)
  issues.choice('lattice.shape', lattice.shape, SHAPES)
  issues.integer('lattice.rows', lattice.rows, 1, MOST_UNITS)
  issues.integer('lattice.columns', lattice.columns, 1, MOST_UNITS)
  if (issues.list.length > before) return
  if (lattice.rows * lattice.columns > MOST_UNITS) {
    issues.add('lattice', `expected at most ${MOST_UNITS} units, found ${lattice.rows} x ${lattice.columns}`)
  }
  if (lattice.cell === 'hexagonal' && lattice.shape !== 'sheet' && lattice.rows % 2 !== 0) {
    issues.add(
      'lattice.rows',
      `a hexagonal ${lattice.shape} needs an even number of rows so that its seam fits, found ${lattice.rows}; ${lattice.rows + 1} would do`,
    )
  }
}

function checkMetric(metric: Metric, issues: Issues): void {
  if (typeof metric === 'string') issues.choice('metric', metric, METRICS)
  else if (typeof metric?.name !== 'string' || typeof metric?.distance !== 'function') {
    issues.add('metric', `expected a name or { name, distance }, found ${show(metric)}`)
  }
}

function checkKernel(kernel: Kernel, rule: string, issues: Issues): void {
  if (typeof kernel === 'string') {
    const before = issues.list.length
    issues.choice('kernel', kernel, KERNELS)
    if (issues.list.length > before) return
  } else if (typeof kernel?.name !== 'string' || typeof kernel?.influence !== 'function') {
    issues.add('kernel', `expected a name or { name, influence }, found ${show(kernel)}`)
    return
  }
  if (kernelForm(kernel).signed && rule !== 'online') {
    issues.add(
      'kernel',
      `${show(kernel)} works with the online rule only: its batch mean would divide by a sum with no fixed sign; use rule "online" or another kernel`,
    )
  }
}
