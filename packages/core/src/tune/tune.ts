import Result from 'true-myth/result'
import { js } from '../backend/js/js.ts'
import { checkRuntime } from '../check-runtime.ts'
import { type Issue, Issues, show } from '../issue.ts'
import { checkTrainOptions } from '../plan/check-train-options.ts'
import { OPTIONS } from '../plan/option-table.ts'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import { readOptions } from '../plan/read-options.ts'
import type { TargetValues } from '../predict/check-targets.ts'
import { checkTargetValues, fitTargets } from '../predict/fit-targets.ts'
import { predictPrepared } from '../predict/predict.ts'
import { matchPrepared } from '../read/match.ts'
import { combinedError } from '../read/quality/combined-error.ts'
import { quantizationError, topographicError } from '../read/quality/errors.ts'
import { checkTable } from '../rows/check-table.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Samples } from '../rows/samples.ts'
import type { Runtime } from '../train/runtime.ts'
import { trainEpochs } from '../train/train.ts'
import { bestTrial, meanOf } from './best-trial.ts'
import { type Candidate, candidates } from './candidates.ts'
import { foldsOf } from './held-out.ts'
import { canRank, labelError } from './label-error.ts'
import { predictionError } from './prediction-error.ts'
import type { Trial } from './trial.ts'

export interface TuneOptions
  extends Omit<TrainOptions, 'samples' | 'epochs' | 'radius' | 'phases' | 'from' | 'resume'> {
  /** Where they have labels, trials are ranked by how well maps tell the labels of held-out rows. */
  readonly samples: Samples
  /** The values of targets, one per row: trials are ranked by how well maps predict those of held-out rows. */
  readonly targets?: TargetValues
  /** Seconds after which no further trial is begun: 60, or as many as `trials` take where those are given. */
  readonly budget?: number
  /** The largest number of trials. Without a budget the same seed then gives the same answer on any machine. */
  readonly trials?: number
  /** Share of the rows that is held out for measuring: 0.25. */
  readonly heldOut?: number
  /** How many times rows are held out for each trial, others each time: 4. */
  readonly repeats?: number
}

export interface Tuning {
  /** In the order of the trials; the first is the default. */
  readonly trials: readonly Trial[]
  /** The smallest map whose error is within one standard error of the least. */
  readonly best: Trial
  readonly rankedBy: RankedBy
  /** Rows of each time. */
  readonly trainedRows: number
  readonly heldOutRows: number
  readonly repeats: number
}

export interface TuneRuntime extends Pick<Runtime, 'backend' | 'signal'> {
  readonly onTrial?: (trial: Trial) => void
  /** Milliseconds from any moment on: `performance.now` by default. */
  readonly now?: () => number
}

const LEAST_ROWS = 8
const MOST_REPEATS = 100
/** What ranks trials, where there is something to rank by it: the first that is known. */
const RANKINGS = ['predictionError', 'labelError', 'combinedError'] as const
export type RankedBy = (typeof RANKINGS)[number]

/** What a trial is made of. */
const TRIED = ['epochs', 'radius', 'phases', 'from', 'resume'] as const

const NAMES = [...Object.keys(OPTIONS), 'targets', 'budget', 'trials', 'heldOut', 'repeats']

/**
 * Tries sizes, radii and numbers of epochs within a budget of time, each on the same rows, and measures it on the same
 * others. At least the default is tried. The seed decides the order of the trials, the clock how many there are where
 * `trials` does not.
 */
export async function tune(options: TuneOptions, runtime: TuneRuntime = {}): Promise<Result<Tuning, readonly Issue[]>> {
  const wrong = new Issues()
  checkRuntime(runtime, ['backend', 'signal', 'onTrial', 'now'], wrong)
  const checked = check(options)
  if (checked.isErr) return Result.err([...checked.error, ...wrong.list])
  if (wrong.list.length > 0) return Result.err(wrong.list)
  const { samples, targets, rest, budget, most, heldOut, repeats } = checked.value
  const base = plan({ ...rest, samples })
  if (base.isErr) return Result.err(base.error)
  const refusal = (runtime.backend ?? js()).rejects(base.value.task)
  if (refusal !== null) return Result.err([{ path: 'backend', message: refusal }])
  const { features, task } = base.value
  const unfit =
    targets === undefined ? [] : checkTargetValues({ features, lattice: task.lattice }, samples.rows, targets)
  if (unfit.length > 0) return Result.err(unfit)
  const { rows, columns } = task.lattice
  const [{ epochs, radius }] = base.value.phases
  const usual = { rows, columns, epochs, start: radius.start, end: radius.end }
  const isFixed = rest.lattice?.rows !== undefined || rest.lattice?.columns !== undefined

  const { seed = OPTIONS.seed.default } = rest
  const folds = foldsOf(samples.rows, heldOut, repeats, seed).map(({ trained, heldOut }) => ({
    trained: { samples: chosen(samples, trained), targets: targets && valuesAt(targets, trained) },
    heldOut: { samples: chosen(samples, heldOut), targets: targets && valuesAt(targets, heldOut) },
  }))
  const now = runtime.now ?? (() => performance.now())
  const started = now()
  const spent = (): number => (now() - started) / 1000
  const trials: Trial[] = []
  for (const candidate of candidates(usual, isFixed, seed).slice(0, most)) {
    const longest = trials.reduce((most, { seconds }) => Math.max(most, seconds), 0)
    if (trials.length > 0 && (runtime.signal?.aborted || spent() + longest > budget)) break
    const began = spent()
    const found = await tried(rest, candidate, folds, runtime)
    if (found.isErr) return Result.err(found.error)
    if (found.value === null) break
    const trial = { ...candidate, ...found.value, seconds: spent() - began }
    trials.push(trial)
    runtime.onTrial?.(trial)
  }
  if (trials.length === 0) return Result.err([{ path: '', message: 'stopped before the first trial ended' }])
  const [{ trained, heldOut: others }] = folds
  return Result.ok({
    trials,
    best: bestTrial(trials),
    rankedBy: rankedBy(trials[0]),
    trainedRows: trained.samples.rows,
    heldOutRows: others.samples.rows,
    repeats,
  })
}

const rankedBy = (errors: Errors): RankedBy => RANKINGS.find((name) => errors[name] !== null) ?? 'combinedError'

interface Checked {
  readonly samples: Samples
  readonly targets?: TargetValues
  readonly rest: Omit<TrainOptions, 'samples'>
  readonly budget: number
  readonly most: number
  readonly heldOut: number
  readonly repeats: number
}

function check(options: TuneOptions): Result<Checked, readonly Issue[]> {
  return readOptions((issues) => {
    if (typeof options !== 'object' || options === null) {
      issues.add('', `expected { samples, … }, found ${show(options)}`)
      return null
    }
    const { samples, targets, trials, heldOut = 0.25, repeats = 4, ...others } = options
    const { budget = trials === undefined ? 60 : Number.MAX_VALUE, ...rest } = others
    issues.names('', options, NAMES)
    issues.number('budget', budget, 0)
    if (trials !== undefined) issues.integer('trials', trials, 1)
    if (!(typeof heldOut === 'number' && heldOut > 0 && heldOut < 1))
      issues.add('heldOut', `expected a share between 0 and 1, found ${show(heldOut)}`)
    issues.integer('repeats', repeats, 2, MOST_REPEATS)
    checkTraining(rest, issues)
    const table = checkTable(samples, issues, LEAST_ROWS, ' to hold some out')
    const most = trials ?? Number.MAX_SAFE_INTEGER
    return table && { samples: table, ...(targets && { targets }), rest, budget, most, heldOut, repeats }
  })
}

/** Checks the options of training under their own names: those that exist, and that tune does not try. */
function checkTraining(rest: object, issues: Issues): void {
  for (const name of TRIED) if (name in rest) issues.add(name, 'is what tune tries, from the start; leave it out')
  const settled = Object.entries(rest).filter(([name]) => name in OPTIONS && !TRIED.some((tried) => tried === name))
  for (const { path, message } of checkTrainOptions(Object.fromEntries(settled))) issues.add(path, message)
}

type Measured = Omit<Trial, keyof Candidate | 'seconds'>
type Errors = Omit<Measured, 'error' | 'standardError'>

/** Rows of a fold, with the values of their targets where there are some. */
interface Part {
  readonly samples: Samples
  readonly targets?: TargetValues
}

/** What a candidate did over all folds; null where it was stopped. */
async function tried(
  options: Omit<TrainOptions, 'samples'>,
  candidate: Candidate,
  folds: readonly { readonly trained: Part; readonly heldOut: Part }[],
  runtime: TuneRuntime,
): Promise<Result<Measured | null, readonly Issue[]>> {
  const all: Errors[] = []
  for (const { trained, heldOut } of folds) {
    const found = await measured(options, trained, candidate, heldOut, runtime)
    if (found.isErr) return Result.err(found.error)
    if (found.value === null) return Result.ok(null)
    all.push(found.value)
  }
  const over = (name: keyof Errors) => meanOf(all.map((errors) => errors[name] ?? Number.NaN))
  const known = (name: keyof Errors): number | null => (all[0][name] === null ? null : over(name).mean)
  const { mean: error, standardError } = over(rankedBy(all[0]))
  return Result.ok({
    error,
    standardError,
    predictionError: known('predictionError'),
    labelError: known('labelError'),
    combinedError: over('combinedError').mean,
    quantizationError: over('quantizationError').mean,
    topographicError: over('topographicError').mean,
  })
}

/** The errors of a candidate on rows held out; null where it was stopped. */
async function measured(
  options: Omit<TrainOptions, 'samples'>,
  { samples, targets }: Part,
  { rows, columns, epochs, start, end }: Candidate,
  { samples: heldOut, targets: known }: Part,
  { backend = js(), signal }: TuneRuntime,
): Promise<Result<Errors | null, readonly Issue[]>> {
  const planned = plan({
    ...{ ...options, samples, epochs, radius: { start, end } },
    lattice: { ...options.lattice, rows, columns },
  })
  if (planned.isErr) return Result.err(planned.error)
  const run = trainEpochs(planned.value, { backend, signal })
  let next = await run.next()
  while (!next.done) next = await run.next()
  const som = next.value
  if (som.training.unfinished !== undefined) return Result.ok(null)
  const prepared = prepareRows(som, heldOut)
  if (prepared.isErr) return Result.err(prepared.error)
  const matches = await matchPrepared(som, prepared.value, { backend })
  const { weights } = prepared.value
  const errors = {
    predictionError: null,
    labelError: null,
    combinedError: combinedError(som, matches, { weights }),
    quantizationError: quantizationError(som, matches, { weights }),
    topographicError: topographicError(som, matches, { weights }),
  }
  const { labels, ...unlabelled } = samples
  if (targets !== undefined && known !== undefined) {
    const fitted = await fitTargets(som, unlabelled, targets, {}, { backend })
    if (fitted.isErr) return Result.err(fitted.error)
    const found = await predictPrepared(fitted.value, prepared.value, {}, { backend })
    return Result.ok({ ...errors, predictionError: predictionError(found.targets, known, weights) })
  }
  if (labels === undefined || heldOut.labels === undefined) return Result.ok(errors)
  const own = prepareRows(som, unlabelled)
  if (own.isErr) return Result.err(own.error)
  const { unit } = await matchPrepared(som, own.value, { backend })
  const trained = { unit, labels, weights: own.value.weights }
  return Result.ok({
    ...errors,
    labelError: labelError(som.codebook, trained, { unit: matches.unit, labels: heldOut.labels, weights }),
  })
}

/** The values of targets of some rows, in the order given. */
const valuesAt = (targets: TargetValues, rows: Uint32Array): TargetValues =>
  Object.fromEntries(
    Object.entries(targets).map(([name, values]) => [name, Array.from(rows, (row) => values[row])]),
  ) as TargetValues

/** Some rows, in the order given, with their labels where those can rank trials. */
function chosen({ features, sources, decimal, data, weights, labels }: Samples, rows: Uint32Array): Samples {
  const width = features.length
  const some =
    data instanceof Float32Array ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width)
  rows.forEach((row, at) => {
    some.set(data.subarray(row * width, (row + 1) * width), at * width)
  })
  return {
    features,
    sources,
    ...(decimal && { decimal }),
    rows: rows.length,
    data: some,
    ...(weights && { weights: Float32Array.from(rows, (row) => weights[row]) }),
    ...(canRank(labels) && { labels: Array.from(rows, (row) => labels[row]) }),
  }
}
