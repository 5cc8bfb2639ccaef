import type { Issues } from '../issue.ts'
import type { Metric } from '../map/distance.ts'
import type { Lattice } from '../map/lattice.ts'
import { areOneEuclidean, metricOfLayers } from '../map/layers.ts'
import { type Matrix, matrix } from '../rows/matrix.ts'
import type { Prepared } from '../rows/prepare.ts'
import { factorsOf } from '../rows/settle-layers.ts'
import type { CheckedOptions } from './check-options.ts'
import { checkOwnMetric } from './check-own-metric.ts'
import { OPTIONS } from './option-table.ts'
import type { TrainOptions } from './options.ts'
import { phasesOf } from './phases.ts'
import { checkResume } from './resume.ts'
import type { RunPlan } from './run-plan.ts'
import type { Start } from './start.ts'

/** What is known of rows that are ready. */
export interface Ready extends Pick<Prepared, 'features' | 'layers' | 'leftOut' | 'emptyRows'> {
  readonly rows: number
  readonly digest: string
}

/** Decides what was left open by looking at the rows. */
export function makePlan(
  { given, options, origin, task, sized, rule }: CheckedOptions,
  ready: Ready,
  startOf: (options: TrainOptions, issues: Issues) => Start,
  issues: Issues,
): RunPlan | null {
  const start = startOf(options, issues)
  const lattice = sized ? task.lattice : { ...task.lattice, ...start.size(task.lattice) }
  const phases = phasesOf(options, lattice, ready.rows, issues)
  const initial = options.initial ?? start.initial
  const starting = (): Matrix | null =>
    typeof initial === 'string'
      ? start.codebook(initial, lattice)
      : inLayers(givenCodebook(initial, lattice, start.columns, issues), ready)
  const codebook = origin?.codebook ?? starting()
  if (codebook !== null) checkOwnMetric(task.metric, codebook, issues)
  if (given.resume) checkResume(given.resume, ready.digest, ready.rows, issues)
  if (codebook === null || issues.list.length > 0) return null
  const layers = origin?.layers ?? ready.layers
  return {
    task: { ...task, lattice, metric: metricOf(task.metric, ready) },
    rowCount: ready.rows,
    features: ready.features,
    ...(layers && { layers }),
    codebook,
    rule,
    phases,
    batchSize: options.batchSize ?? OPTIONS.batchSize.default,
    order: options.order ?? OPTIONS.order.default,
    decayPer: options.decayPer ?? OPTIONS.decayPer.default,
    stop: options.stop && {
      patience: options.stop.patience ?? OPTIONS.stop.of.patience.default,
      tolerance: options.stop.tolerance ?? OPTIONS.stop.of.tolerance.default,
    },
    seed: options.seed ?? OPTIONS.seed.default,
    initial: given.resume?.training.initial ?? (origin ? 'from' : typeof initial === 'string' ? initial : 'given'),
    digest: ready.digest,
    leftOut: ready.leftOut,
    emptyRows: ready.emptyRows,
    begin: given.resume?.training.unfinished ?? { epoch: 0, step: 0, distance: 0, weight: 0 },
    history: given.resume?.training.history ?? [],
  }
}

function metricOf(metric: Metric, { layers, features }: Ready): Metric {
  if (!layers) return metric
  return metricOfLayers(
    layers,
    features.map(({ name }) => name),
  )
}

/** A given codebook is in units that layers have yet to weigh. */
function inLayers(codebook: Matrix | null, { layers, features }: Ready): Matrix | null {
  if (codebook === null || !layers || !areOneEuclidean(layers)) return codebook
  const factors = factorsOf(layers, features)
  return { ...codebook, data: codebook.data.map((x, i) => x * factors[i % codebook.columns]) }
}

function givenCodebook(codebook: Matrix, lattice: Lattice, features: number, issues: Issues): Matrix | null {
  const units = lattice.rows * lattice.columns
  const { rows, columns, data } = codebook ?? {}
  if (!(data instanceof Float32Array) || rows !== units || columns !== features || data.length !== units * features) {
    issues.add('initial', `expected a codebook of ${units} units x ${features} features, found ${rows} x ${columns}`)
    return null
  }
  if (!data.every(Number.isFinite)) {
    issues.add('initial', 'expected finite numbers in the codebook')
    return null
  }
  return matrix(rows, columns, data)
}
