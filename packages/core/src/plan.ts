import Result from 'true-myth/result'
import type { Rows, Task } from './backend.ts'
import { checkChoices, checkOptionNames } from './check-options.ts'
import { checkSamples } from './check-samples.ts'
import { digestOf } from './digest.ts'
import { type InitialName, initialise } from './initialise.ts'
import { type Issue, Issues, show } from './issue.ts'
import type { Lattice } from './lattice.ts'
import { mapSize } from './map-size.ts'
import { chooseRows, isSparse, type Matrix, matrix, type SparseMatrix, toDense } from './matrix.ts'
import type { TrainOptions } from './options.ts'
import { principalComponents } from './pca.ts'
import { checkPhase, type Phase } from './phases.ts'
import { alignRows, countEmptyRows, hasNames, type Preparation, type Prepared, prepareTraining } from './prepare.ts'
import type { PreprocessingName } from './preprocessing.ts'
import { random, sampleIndices } from './random.ts'
import { checkResume, resumeOptions } from './resume.ts'
import { lookAt, type RowsLook } from './rows-look.ts'
import type { Samples } from './samples.ts'
import type { Feature, Som } from './som.ts'
import { suggest } from './suggest.ts'
import { checkTask } from './task.ts'
import type { EpochRecord, Rule, TrainingRecord, Unfinished } from './training-record.ts'

/** A training run with everything decided and checked, wherever its rows are. */
export interface Planned {
  readonly task: Task
  /** Rows to train on. */
  readonly rowCount: number
  readonly features: readonly Feature[]
  readonly codebook: Matrix
  readonly rule: Rule
  readonly phases: readonly Phase[]
  readonly batchSize: number
  readonly order: 'shuffled' | 'sequential'
  readonly decayPer: 'step' | 'epoch'
  readonly stop: { readonly patience: number; readonly tolerance: number } | undefined
  readonly seed: number
  readonly initial: string
  readonly digest: string
  readonly leftOut: TrainingRecord['leftOut']
  readonly emptyRows: number
  /** Where to begin: everything 0 but for a resumed run. */
  readonly begin: Unfinished
  readonly history: readonly EpochRecord[]
}

/** A training run over rows in memory; only `plan` makes one. */
export interface Plan extends Planned {
  readonly rows: Rows
}

const RULES = ['batch', 'online', 'mini-batch'] as const
const DEFAULT_BATCH_SIZE = 256
const DEFAULT_COFACTOR = 5
const DEFAULT_PATIENCE = 3
const DEFAULT_TOLERANCE = 1e-4

/** Checks options and decides what they leave open. Never throws: whatever it is given, a plan or every issue at once. */
export function plan(options: TrainOptions): Result<Plan, readonly Issue[]> {
  const issues = new Issues()
  try {
    const made = makePlan(options, issues)
    return made && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
  } catch (error) {
    // A getter, proxy or function of the caller's own that throws.
    issues.add('', `the options could not be read: ${error instanceof Error ? error.message : show(error)}`)
    return Result.err(issues.list)
  }
}

function makePlan(given: TrainOptions, issues: Issues): Plan | null {
  const decided = decide(given, issues)
  if (decided === null) return null
  const samples = checkSamples(decided.options.samples, issues)
  if (samples === null || issues.list.length > 0) return null
  const prepared = prepare(samples, decided.options, issues)
  if (prepared === null || issues.list.length > 0) return null
  const { matrix: rows } = prepared.rows
  const planned = complete(
    decided,
    { ...prepared, rows: rows.rows, digest: digestOf(prepared.rows) },
    lookOf(rows),
    issues,
  )
  return planned && { ...planned, rows: prepared.rows }
}

/** What options alone decide. */
export interface Decided {
  readonly given: TrainOptions
  /** As given, or those of the run that is resumed. */
  readonly options: TrainOptions
  readonly origin: Som | undefined
  readonly task: Task
  /** Whether the task's lattice has its size. */
  readonly sized: boolean
  readonly phases: Phase[] | null
  readonly rule: Rule
}

/** Checks everything that can be checked without the samples. Null where the options are none. */
export function decide(given: TrainOptions, issues: Issues): Decided | null {
  if (typeof given !== 'object' || given === null) {
    issues.add('', `expected options { samples, … }, found ${show(given)}`)
    return null
  }
  checkOptionNames(given, issues)
  const options = given.resume === undefined ? given : resumeOptions(given, issues)
  const origin = given.resume ?? options.from
  const rule = options.rule ?? 'batch'
  issues.choice('rule', rule, RULES)
  checkChoices(options, issues)
  const metric = origin?.metric ?? options.metric ?? 'euclidean'
  const kernel = origin?.kernel ?? options.kernel ?? 'gaussian'
  const lattice: Lattice = {
    cell: 'rectangular',
    shape: 'sheet',
    rows: 2,
    columns: 2,
    ...origin?.lattice,
    ...options.lattice,
  }
  checkTask({ lattice, metric, kernel }, rule, issues)
  const sized = origin !== undefined || (options.lattice?.rows !== undefined && options.lattice.columns !== undefined)
  const checked = checkPhases(options, lattice, issues)
  return { given, options, origin, task: { lattice, metric, kernel }, sized, phases: sized ? checked : null, rule }
}

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
  { given, options, origin, task, sized, phases: early, rule }: Decided,
  ready: Ready,
  startOf: (options: TrainOptions, issues: Issues) => Start,
  issues: Issues,
): Planned | null {
  const start = startOf(options, issues)
  const lattice = sized ? task.lattice : { ...task.lattice, ...start.size(task.lattice) }
  const phases = early ?? checkPhases(options, lattice, issues)
  const initial = options.initial ?? start.initial
  const starting = (): Matrix | null =>
    typeof initial === 'string'
      ? start.codebook(initial, lattice)
      : givenCodebook(initial, lattice, start.columns, issues)
  const codebook = origin?.codebook ?? starting()
  if (given.resume) checkResume(given.resume, ready.digest, ready.rows, issues)
  if (codebook === null || issues.list.length > 0) return null
  return {
    task: { ...task, lattice },
    rowCount: ready.rows,
    features: ready.features,
    codebook,
    rule,
    phases,
    batchSize: options.batchSize ?? DEFAULT_BATCH_SIZE,
    order: options.order ?? 'shuffled',
    decayPer: options.decayPer ?? 'step',
    stop: options.stop && {
      patience: options.stop.patience ?? DEFAULT_PATIENCE,
      tolerance: options.stop.tolerance ?? DEFAULT_TOLERANCE,
    },
    seed: options.seed ?? 0,
    initial: given.resume?.training.initial ?? (origin ? 'from' : typeof initial === 'string' ? initial : 'given'),
    digest: ready.digest,
    leftOut: ready.leftOut,
    emptyRows: ready.emptyRows,
    begin: given.resume?.training.unfinished ?? { epoch: 0, step: 0, distance: 0, weight: 0 },
    history: given.resume?.training.history ?? [],
  }
}

function checkPhases(options: TrainOptions, lattice: Lattice, issues: Issues): Phase[] {
  if (!Array.isArray(options.phases)) return [checkPhase(options, lattice, '', issues)]
  return options.phases.map((phase: unknown, i) => {
    if (typeof phase === 'object' && phase !== null) return checkPhase(phase, lattice, `phases[${i}].`, issues)
    issues.add(`phases[${i}]`, `expected { epochs, radius, learningRate }, found ${show(phase)}`)
    return checkPhase({}, lattice, '', issues)
  })
}

function prepare(samples: Samples | SparseMatrix, options: TrainOptions, issues: Issues): Prepared | null {
  const origin = options.resume ?? options.from
  if (origin) {
    const rows = alignRows(origin, samples, hasNames(options.samples), issues)
    const leftOut = origin.training.leftOut
    return rows && { rows, features: origin.features, leftOut, emptyRows: countEmptyRows(rows.matrix) }
  }
  if (samples.rows < 2) {
    issues.add('samples', `expected at least 2 rows to train on, found ${samples.rows}`)
    return null
  }
  const made = 'features' in samples ? samples.sources?.flatMap((source) => source?.column ?? []) : undefined
  const names = 'features' in samples ? [...samples.features, ...(made ?? [])] : []
  checkNamed(options, names, issues)
  if (issues.list.length > 0) return null
  const how = preparationOf(options, isSparse(samples) ? 'none' : 'z-score')
  return prepareTraining(samples, how, issues)
}

/** Options that name features must name those there are. */
export function checkNamed(options: TrainOptions, names: readonly string[], issues: Issues): void {
  for (const option of ['featureWeights', 'preprocessing'] as const) {
    const byName = options[option]
    if (typeof byName !== 'object') continue
    for (const name of Object.keys(byName)) {
      if (names.includes(name)) continue
      const near = suggest(name, names)
      issues.add(`${option}.${name}`, `no such feature${near ? `; did you mean ${near}?` : ''}`)
    }
  }
}

/** How options want rows to be made ready. */
export function preparationOf(options: TrainOptions, preprocessing: PreprocessingName): Preparation {
  return {
    metric: options.metric ?? 'euclidean',
    preprocessing: options.preprocessing ?? preprocessing,
    cofactor: options.cofactor ?? DEFAULT_COFACTOR,
    featureWeights: options.featureWeights ?? {},
  }
}

/** A start from rows that can be looked at. */
export function startFrom(rows: RowsLook): (options: TrainOptions) => Start {
  return ({ lattice: wanted, seed = 0 }) => ({
    initial: 'linear',
    columns: rows.columns,
    size: (lattice) => mapSize(rows.rows, principalComponents(rows, seed), { ...lattice, ...wanted }),
    codebook: (initial, lattice) => initialise(initial, lattice, rows, seed),
  })
}

function lookOf(rows: Matrix | SparseMatrix): (options: TrainOptions, issues: Issues) => Start {
  return isSparse(rows) ? startFromSparse(rows) : startFrom(lookAt(rows))
}

/** Sparse rows are not looked at: a square map, its prototypes drawn from the rows. */
function startFromSparse(rows: SparseMatrix): (options: TrainOptions, issues: Issues) => Start {
  return ({ lattice: wanted, seed = 0 }, issues) => ({
    initial: 'sampled',
    columns: rows.columns,
    size(lattice) {
      const direction = new Float64Array(rows.columns)
      const component = { direction, deviation: 1 }
      return mapSize(rows.rows, { mean: direction, components: [component, component] }, { ...lattice, ...wanted })
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
