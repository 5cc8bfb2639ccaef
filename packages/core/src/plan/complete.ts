import type { Rows } from '../backend/backend.ts'
import type { Issues } from '../issue.ts'
import type { Lattice } from '../map/lattice.ts'
import { random, sampleIndices } from '../random.ts'
import { chooseRows, isSparse, type Matrix, matrix, type SparseMatrix, toDense } from '../rows/matrix.ts'
import type { Prepared } from '../rows/prepare.ts'
import { lookAt, type RowsLook } from '../rows/rows-look.ts'
import { countOf } from '../rows/used-rows.ts'
import { checkOwnMetric } from './check-own-metric.ts'
import { checkPhases, type Decided } from './decide.ts'
import { TRAINING_DEFAULTS } from './defaults.ts'
import type { InitialName } from './initial-name.ts'
import { initialise } from './initialise.ts'
import { mapSize } from './map-size.ts'
import type { TrainOptions } from './options.ts'
import { principalComponents } from './pca.ts'
import type { Planned } from './planned.ts'
import { checkResume } from './resume.ts'

/** What is known of rows that are ready. */
export interface Ready extends Pick<Prepared, 'features' | 'leftOut' | 'emptyRows'> {
  readonly rows: number
  readonly digest: string
}

/** Where an unsized map and its start come from: rows that can be looked at, or sparse ones that are only drawn from. */
interface Start {
  readonly size: (lattice: Lattice) => { rows: number; columns: number }
  readonly codebook: (initial: InitialName, lattice: Lattice) => Matrix | null
  readonly initial: InitialName
  readonly columns: number
}

/** Decides what was left open by looking at the rows. */
export function complete(
  { given, options, origin, task, sized, rule }: Decided,
  ready: Ready,
  startOf: (options: TrainOptions, issues: Issues) => Start,
  issues: Issues,
): Planned | null {
  const start = startOf(options, issues)
  const lattice = sized ? task.lattice : { ...task.lattice, ...start.size(task.lattice) }
  const phases = checkPhases(options, lattice, ready.rows, issues)
  const initial = options.initial ?? start.initial
  const starting = (): Matrix | null =>
    typeof initial === 'string'
      ? start.codebook(initial, lattice)
      : givenCodebook(initial, lattice, start.columns, issues)
  const codebook = origin?.codebook ?? starting()
  if (codebook !== null) checkOwnMetric(task.metric, codebook, issues)
  if (given.resume) checkResume(given.resume, ready.digest, ready.rows, issues)
  if (codebook === null || issues.list.length > 0) return null
  return {
    task: { ...task, lattice },
    rowCount: ready.rows,
    features: ready.features,
    codebook,
    rule,
    phases,
    batchSize: options.batchSize ?? TRAINING_DEFAULTS.batchSize,
    order: options.order ?? TRAINING_DEFAULTS.order,
    decayPer: options.decayPer ?? TRAINING_DEFAULTS.decayPer,
    stop: options.stop && {
      patience: options.stop.patience ?? TRAINING_DEFAULTS.stop.patience,
      tolerance: options.stop.tolerance ?? TRAINING_DEFAULTS.stop.tolerance,
    },
    seed: options.seed ?? TRAINING_DEFAULTS.seed,
    initial: given.resume?.training.initial ?? (origin ? 'from' : typeof initial === 'string' ? initial : 'given'),
    digest: ready.digest,
    leftOut: ready.leftOut,
    emptyRows: ready.emptyRows,
    begin: given.resume?.training.unfinished ?? { epoch: 0, step: 0, distance: 0, weight: 0 },
    history: given.resume?.training.history ?? [],
  }
}

/** A start from rows that can be looked at. */
export function startFrom(rows: RowsLook): (options: TrainOptions) => Start {
  return ({ lattice: wanted, seed = 0 }) => ({
    initial: 'linear',
    columns: rows.columns,
    size: (lattice) => mapSize(rows.count, principalComponents(rows, seed), { ...lattice, ...wanted }),
    codebook: (initial, lattice) => initialise(initial, lattice, rows, seed),
  })
}

/** A start from rows in memory. */
export function startFromRows({ matrix, weights }: Rows): (options: TrainOptions, issues: Issues) => Start {
  return isSparse(matrix) ? startFromSparse(matrix, weights) : startFrom(lookAt(matrix, weights))
}

/** Sparse rows are not looked at: a square map, its prototypes drawn from the rows. */
function startFromSparse(
  rows: SparseMatrix,
  weights: Float32Array | undefined,
): (options: TrainOptions, issues: Issues) => Start {
  return ({ lattice: wanted, seed = 0 }, issues) => ({
    initial: 'sampled',
    columns: rows.columns,
    size(lattice) {
      const direction = new Float64Array(rows.columns)
      const component = { direction, deviation: 1 }
      return mapSize(
        countOf(rows.rows, weights),
        { mean: direction, components: [component, component] },
        { ...lattice, ...wanted },
      )
    },
    codebook(initial, lattice) {
      if (initial !== 'sampled') {
        issues.add('initial', `expected "sampled" or a codebook for sparse samples, found "${initial}"`)
        return null
      }
      const chosen = sampleIndices(random(seed, 'initial'), rows.rows, lattice.rows * lattice.columns)
      return initialise('sampled', lattice, toDense(chooseRows(rows, chosen)), seed)
    },
  })
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
