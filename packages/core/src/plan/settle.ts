import Result from 'true-myth/result'
import { type Issue, Issues, show } from '../issue.ts'
import { checkSamples, type SparseSamples } from '../rows/check-samples.ts'
import type { Preparation } from '../rows/fit-features.ts'
import { isSparse } from '../rows/matrix.ts'
import { alignRows, hasNames, type Prepared, prepareTraining } from '../rows/prepare.ts'
import type { PreprocessingName } from '../rows/preprocessing.ts'
import type { Samples } from '../rows/samples.ts'
import { countEmptyRows } from '../rows/transform.ts'
import { usedRows } from '../rows/used-rows.ts'
import { suggest } from '../suggest.ts'
import { type Decided, decide } from './decide.ts'
import { TRAINING_DEFAULTS } from './defaults.ts'
import type { TrainOptions } from './options.ts'

/** Options and rows checked, and the rows made ready: what can be told of a run before it is worked out where it starts. */
export interface Settled {
  readonly decided: Decided
  readonly prepared: Prepared
}

/** Checks options and samples, and makes the rows ready; or every issue at once. */
export function settle(options: TrainOptions): Result<Settled, readonly Issue[]> {
  return told((issues) => {
    const decided = decide(options, issues)
    if (decided === null) return null
    const samples = checkSamples(decided.options.samples, issues)
    if (samples === null || issues.list.length > 0) return null
    const prepared = prepare(samples, decided.options, issues)
    return prepared && { decided, prepared }
  })
}

/** What was made where there is no issue. Never throws. */
export function told<T>(make: (issues: Issues) => T | null): Result<T, readonly Issue[]> {
  const issues = new Issues()
  try {
    const made = make(issues)
    return made && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
  } catch (error) {
    // A getter, proxy or function of the caller's own that throws.
    issues.add('', `the options could not be read: ${error instanceof Error ? error.message : show(error)}`)
    return Result.err(issues.list)
  }
}

function prepare(samples: Samples | SparseSamples, options: TrainOptions, issues: Issues): Prepared | null {
  const origin = options.resume ?? options.from
  if (origin) {
    const used = usedRows(samples.rows, samples.weights)
    const rows = alignRows(origin, samples, hasNames(options.samples), issues, used)
    const leftOut = origin.training.leftOut
    return rows && { rows, features: origin.features, leftOut, emptyRows: countEmptyRows(rows.matrix) }
  }
  checkTraining(options, 'features' in samples ? samples : { features: [], rows: samples.rows }, issues)
  if (issues.list.length > 0) return null
  const how = preparationOf(options, isSparse(samples) ? 'none' : TRAINING_DEFAULTS.preprocessing)
  return prepareTraining(samples, how, issues)
}

/** What is wrong with options before there are samples; empty where nothing is. Never throws. */
export function checkTrainOptions(options: Omit<TrainOptions, 'samples'>): readonly Issue[] {
  return told((issues) => decide({ ...options, samples: [] }, issues)).match({ Ok: () => [], Err: (issues) => issues })
}

/** Checks samples that a map is to be made of: there must be rows to learn from, and the features that options name. */
export function checkTraining(
  options: TrainOptions,
  { features, sources, rows }: Pick<Samples, 'features' | 'sources' | 'rows'>,
  issues: Issues,
): void {
  if (rows < 2) issues.add('samples', `expected at least 2 rows to train on, found ${rows}`)
  const columns = sources?.flatMap((source) => source?.column ?? []) ?? []
  checkNamed(options, [...features, ...columns], issues)
}

/** Options that name features must name existing ones, and must leave one of them some weight. */
function checkNamed(options: TrainOptions, names: readonly string[], issues: Issues): void {
  for (const option of ['featureWeights', 'preprocessing'] as const) {
    const byName = options[option]
    if (typeof byName !== 'object') continue
    for (const name of Object.keys(byName)) {
      if (names.includes(name)) continue
      const near = suggest(name, names)
      issues.add(`${option}.${name}`, `no such feature${near ? `; did you mean ${near}?` : ''}`)
    }
  }
  const { featureWeights } = options
  if (featureWeights && names.length > 0 && names.every((name) => featureWeights[name] === 0))
    issues.add('featureWeights', 'expected a weight above 0 for some feature, found only 0')
}

/** How options want rows to be made ready. */
export function preparationOf(options: TrainOptions, preprocessing: PreprocessingName): Preparation {
  return {
    metric: options.metric ?? TRAINING_DEFAULTS.metric,
    preprocessing: options.preprocessing ?? preprocessing,
    cofactor: options.cofactor ?? TRAINING_DEFAULTS.cofactor,
    featureWeights: options.featureWeights ?? {},
  }
}
