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
import { alignRows, countEmptyRows, hasNames, type Prepared, prepareTraining } from './prepare.ts'
import { random, sampleIndices } from './random.ts'
import { checkResume, resumeOptions } from './resume.ts'
import type { Samples } from './samples.ts'
import type { Feature } from './som.ts'
import { suggest } from './suggest.ts'
import { checkTask } from './task.ts'
import type { EpochRecord, Rule, TrainingRecord, Unfinished } from './training-record.ts'

/** A training run with everything decided and checked; only `plan` makes one. */
export interface Plan {
  readonly task: Task
  readonly rows: Rows
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

  const samples = checkSamples(options.samples, issues)
  const metric = origin?.metric ?? options.metric ?? 'euclidean'
  const kernel = origin?.kernel ?? options.kernel ?? 'gaussian'
  const sketch: Lattice = {
    cell: 'rectangular',
    shape: 'sheet',
    rows: 2,
    columns: 2,
    ...origin?.lattice,
    ...options.lattice,
  }
  checkTask({ lattice: sketch, metric, kernel }, rule, issues)
  const sized = origin !== undefined || (options.lattice?.rows !== undefined && options.lattice.columns !== undefined)
  const early = sized ? checkPhases(options, sketch, issues) : null
  if (samples === null || issues.list.length > 0) {
    if (!sized) checkPhases(options, sketch, issues)
    return null
  }

  const prepared = prepare(samples, options, issues)
  if (prepared === null || issues.list.length > 0) return null
  const seed = options.seed ?? 0
  const lattice = sized ? sketch : { ...sketch, ...sizeOf(options, prepared, sketch, seed) }
  const phases = early ?? checkPhases(options, lattice, issues)
  const initial = options.initial ?? (isSparse(prepared.rows.matrix) ? 'sampled' : 'linear')
  const codebook = origin?.codebook ?? startingCodebook(initial, lattice, prepared, seed, issues)
  const digest = digestOf(prepared.rows)
  if (given.resume) checkResume(given.resume, digest, prepared.rows.matrix.rows, issues)
  if (codebook === null || issues.list.length > 0) return null
  return {
    task: { lattice, metric, kernel },
    rows: prepared.rows,
    features: prepared.features,
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
    seed,
    initial: given.resume?.training.initial ?? (origin ? 'from' : typeof initial === 'string' ? initial : 'given'),
    digest,
    leftOut: prepared.leftOut,
    emptyRows: prepared.emptyRows,
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
  for (const option of ['featureWeights', 'preprocessing'] as const) {
    const byName = options[option]
    if (typeof byName !== 'object') continue
    for (const name of Object.keys(byName)) {
      if (names.includes(name)) continue
      const near = suggest(name, names)
      issues.add(`${option}.${name}`, `no such feature${near ? `; did you mean ${near}?` : ''}`)
    }
  }
  if (issues.list.length > 0) return null
  const preprocessing = options.preprocessing ?? (isSparse(samples) ? 'none' : 'z-score')
  return prepareTraining(
    samples,
    {
      metric: options.metric ?? 'euclidean',
      preprocessing,
      cofactor: options.cofactor ?? DEFAULT_COFACTOR,
      featureWeights: options.featureWeights ?? {},
    },
    issues,
  )
}

function sizeOf(
  options: TrainOptions,
  prepared: Prepared,
  lattice: Lattice,
  seed: number,
): { rows: number; columns: number } {
  const rows = prepared.rows.matrix
  const zero = new Float64Array(rows.columns)
  const square = { mean: zero, components: [0, 1].map(() => ({ direction: zero, deviation: 1 })) }
  // Sparse rows are not looked at: a square map.
  const principal = isSparse(rows) ? square : principalComponents(rows, seed)
  const [first, second] = principal.components
  return mapSize(rows.rows, { mean: zero, components: [first, second] }, { ...lattice, ...options.lattice })
}

function startingCodebook(
  initial: InitialName | Matrix,
  lattice: Lattice,
  prepared: Prepared,
  seed: number,
  issues: Issues,
): Matrix | null {
  const { matrix: rows } = prepared.rows
  if (typeof initial !== 'string') return givenCodebook(initial, lattice, rows.columns, issues)
  if (!isSparse(rows)) return initialise(initial, lattice, rows, seed)
  if (initial !== 'sampled') {
    issues.add('initial', `expected "sampled" or a codebook for sparse samples, found "${initial}"`)
    return null
  }
  const chosen = sampleIndices(random(seed, 'initial'), rows.rows, lattice.rows * lattice.columns)
  return initialise('sampled', lattice, toDense(chooseRows(rows, chosen)), seed)
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
