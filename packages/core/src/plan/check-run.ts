import type Result from 'true-myth/result'
import type { Issue, Issues } from '../issue.ts'
import { checkSamples, type SparseSamples } from '../rows/check-samples.ts'
import type { Preparation } from '../rows/fit-features.ts'
import { isSparse } from '../rows/matrix.ts'
import { alignRows, hasNames, type Prepared, prepareTraining } from '../rows/prepare.ts'
import type { PreprocessingName } from '../rows/preprocessing.ts'
import type { Samples } from '../rows/samples.ts'
import { countEmptyRows } from '../rows/transform.ts'
import { usedRows } from '../rows/used-rows.ts'
import { suggest } from '../suggest.ts'
import { checkLayerFeatures } from './check-layers.ts'
import { type CheckedOptions, checkOptions } from './check-options.ts'
import { OPTIONS } from './option-table.ts'
import type { TrainOptions } from './options.ts'
import { readOptions } from './read-options.ts'

/** A run whose options and rows are checked and whose rows are ready; its size and its start are still open. */
export interface CheckedRun {
  readonly checked: CheckedOptions
  readonly prepared: Prepared
}

/** Checks options and samples, and prepares the rows. Gives every issue at once. */
export function checkRun(options: TrainOptions): Result<CheckedRun, readonly Issue[]> {
  return readOptions((issues) => {
    const checked = checkOptions(options, issues)
    if (checked === null) return null
    const samples = checkSamples(checked.options.samples, issues)
    if (samples === null || issues.list.length > 0) return null
    const prepared = prepare(samples, checked.options, issues)
    return prepared && { checked, prepared }
  })
}

function prepare(samples: Samples | SparseSamples, options: TrainOptions, issues: Issues): Prepared | null {
  const origin = options.resume ?? options.from
  if (origin) {
    const used = usedRows(samples.rows, samples.weights)
    const rows = alignRows(origin, samples, hasNames(options.samples), issues, used)
    const leftOut = origin.training.leftOut
    return rows && { rows, features: origin.features, leftOut, emptyRows: countEmptyRows(rows.matrix) }
  }
  if ('features' in samples) checkTraining(options, samples, issues)
  else checkSparse(options, samples, issues)
  if (issues.list.length > 0) return null
  const how = preparationOf(options, isSparse(samples) ? 'none' : undefined)
  return prepareTraining(samples, how, issues)
}

/** As `checkTraining`; weights are refused whatever they name, before the names of features are checked. */
function checkSparse(options: TrainOptions, { rows }: SparseSamples, issues: Issues): void {
  const { featureWeights, layers: _, ...others } = options
  if (Object.keys(featureWeights ?? {}).length > 0)
    issues.add('featureWeights', 'expected none for sparse samples: scale their values instead')
  if (options.layers !== undefined)
    issues.add('layers', 'expected none for sparse samples: layers are weighed by what dense rows tell')
  checkTraining(others, { features: [], rows }, issues)
}

/**
 * Checks samples that a map should be made of: there must be rows to learn from, and the features that options name.
 */
export function checkTraining(
  options: TrainOptions,
  { features, sources, rows }: Pick<Samples, 'features' | 'sources' | 'rows'>,
  issues: Issues,
): void {
  if (rows < 2) issues.add('samples', `expected at least 2 rows to train on, found ${rows}`)
  const columns = sources?.flatMap((source) => source?.column ?? []) ?? []
  checkNamed(options, [...features, ...columns], issues)
  checkLayerFeatures(options, { features, sources }, issues)
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
export function preparationOf(options: TrainOptions, preprocessing?: PreprocessingName): Preparation {
  return {
    metric: options.metric ?? OPTIONS.metric.default,
    preprocessing: options.preprocessing ?? preprocessing,
    cofactor: options.cofactor ?? OPTIONS.cofactor.default,
    featureWeights: options.featureWeights ?? {},
    ...(options.layers && {
      layers: {
        wanted: options.layers,
        seed: options.seed ?? OPTIONS.seed.default,
        ...(typeof options.initial === 'object' && { codebook: options.initial }),
      },
    }),
  }
}
