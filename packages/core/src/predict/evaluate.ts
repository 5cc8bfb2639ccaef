import Result from 'true-myth/result'
import type { Rows } from '../backend/backend.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues, show } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { digestOf } from '../rows/digest.ts'
import { chooseRows, type Matrix } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import { weightsAt } from '../rows/transform.ts'
import type { Som } from '../som.ts'
import { type CheckedTarget, checkTargets, type TargetValues } from './check-targets.ts'
import { evaluateClasses, evaluateNumbers, type TargetEvaluation } from './evaluation.ts'
import { fitChecked } from './fit-checked.ts'
import { FIT_OPTIONS, FIT_RUNTIME, type FitOptions, type FitRuntime, USUAL_SEED } from './fit-options.ts'
import { checkFit } from './fit-targets.ts'
import { foldsOf } from './folds.ts'
import {
  checkPredictOptions,
  PREDICT_OPTIONS,
  type PredictOptions,
  predictPrepared,
  type TargetPrediction,
} from './predict.ts'

export interface EvaluateOptions extends PredictOptions {
  /**
   * Evaluates by cross-validation: each of this many parts of the rows is predicted by models that are fitted on the
   * others. The map stays as it is. Without it, the map's own models are evaluated.
   */
  readonly folds?: number
  /** The seed by which rows are dealt to the folds: 0 by default. */
  readonly seed?: number
}

const OPTIONS: Readonly<Record<keyof EvaluateOptions, Option>> = {
  ...PREDICT_OPTIONS,
  ...FIT_OPTIONS,
  folds: { kind: 'integer', least: 2, most: 255 },
}

/**
 * How good predictions are on rows whose targets are known, best on rows that took no part in the fit: accuracy,
 * confusion, calibration of classes; R², errors and coverage of intervals of numbers. One entry per target of
 * `targets`.
 */
export async function evaluate(
  som: Som,
  rows: RowsInput,
  targets: TargetValues,
  options: EvaluateOptions = {},
  runtime: FitRuntime = {},
): Promise<Result<readonly TargetEvaluation[], readonly Issue[]>> {
  const issues = new Issues()
  const fine = checkByTable(options, OPTIONS, issues)
  checkRuntime(runtime, FIT_RUNTIME, issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  const { folds, seed = USUAL_SEED, coverage } = options ?? {}
  const predicting: PredictOptions = coverage === undefined ? {} : { coverage }
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) return Result.err([...issues.list, ...prepared.error])
  if (!fine) return Result.err(issues.list)
  if (folds === undefined) issues.list.push(...checkPredictOptions(som, predicting))
  if (issues.list.length > 0) return Result.err(issues.list)
  const { value: all } = prepared
  const count = all.matrix.rows
  const known =
    folds === undefined ? knownOf(som, count, targets, issues) : checkFit(som, count, targets, { seed }, issues)
  if (folds !== undefined && folds > count)
    issues.add('folds', `expected at most as many as rows (${count}), found ${folds}`)
  if (known === null || issues.list.length > 0) return Result.err(issues.list)
  if (folds !== undefined)
    return (await crossValidated(som, all, known, { folds, seed }, predicting, runtime)).map((one) =>
      compare(one, true),
    )
  const { targets: found } = await predictPrepared(som, all, predicting, runtime)
  return Result.ok(compare({ known, found, weights: all.weights }, digestOf(all) !== som.training.digest))
}

/** Known values of targets that the map has, in its classes. */
function knownOf({ targets }: Som, rows: number, given: TargetValues, issues: Issues): CheckedTarget[] | null {
  const fitted = targets?.of ?? []
  const checked = checkTargets({ features: [] }, rows, given, issues, false)
  return (checked ?? []).flatMap((target): CheckedTarget[] => {
    const path = `targets.${target.name}`
    const own = fitted.find(({ name }) => name === target.name)
    if (own === undefined) {
      issues.add(path, `expected a target of the map (${fitted.map(({ name }) => name).join(', ')}), found another`)
      return []
    }
    if (own.kind !== target.kind) {
      const words = { class: 'text, the names of classes', number: 'numbers' }
      issues.add(path, `expected ${words[own.kind]}, found ${words[target.kind]}`)
      return []
    }
    if (own.kind === 'number' || target.kind === 'number') return [target]
    const places = target.classes.map((one) => own.classes.indexOf(one))
    const unknown = target.classes.filter((_, c) => places[c] < 0)
    if (unknown.length > 0) {
      const shown = unknown.slice(0, MOST_SHOWN).map(show).join(', ')
      const more = unknown.length > MOST_SHOWN ? ` and ${unknown.length - MOST_SHOWN} more` : ''
      issues.add(
        path,
        `expected classes that training had (${own.classes.slice(0, MOST_SHOWN).map(show).join(', ')}), found ${shown}${more}`,
      )
      return []
    }
    return [{ ...target, classes: own.classes, values: target.values.map((place) => (place < 0 ? -1 : places[place])) }]
  })
}

const MOST_SHOWN = 6

/** What is compared: known values, predictions of the same rows in the same order, and their weights. */
interface Comparison {
  readonly known: readonly CheckedTarget[]
  readonly found: readonly TargetPrediction[]
  readonly weights?: Float32Array
}

/** Each row predicted by models of the other folds. Rows are in the order of their folds. */
async function crossValidated(
  som: Som,
  all: Rows,
  known: readonly CheckedTarget[],
  { folds, seed }: Required<FitOptions> & { readonly folds: number },
  options: PredictOptions,
  runtime: FitRuntime,
): Promise<Result<Comparison, readonly Issue[]>> {
  const fold = foldsOf(all.matrix.rows, folds, seed)
  const order: Uint32Array[] = []
  const found: (readonly TargetPrediction[])[] = []
  for (let left = 0; left < folds; left++) {
    const inside = placesWhere(fold, (f) => f !== left)
    const outside = placesWhere(fold, (f) => f === left)
    const part = known.map((target) => pick(target, inside))
    const progress = runtime.progress && ((share: number) => runtime.progress?.((left + share) / folds))
    const fitted = await fitChecked(som, some(all, inside), part, { seed }, { ...runtime, progress })
    if (fitted.isErr) return Result.err(fitted.error)
    const issues = checkPredictOptions(fitted.value, options)
    if (issues.length > 0) return Result.err(issues)
    order.push(outside)
    found.push((await predictPrepared(fitted.value, some(all, outside), options, runtime)).targets)
  }
  const rows = Uint32Array.from(order.flatMap((part) => Array.from(part)))
  return Result.ok({
    known: known.map((target) => pick(target, rows)),
    found: known.map((_, t) => joined(found.map((part) => part[t]))),
    weights: all.weights && weightsAt(all.weights, rows),
  })
}

function compare({ known, found, weights }: Comparison, heldOut: boolean): TargetEvaluation[] {
  return known.map((target): TargetEvaluation => {
    const predicted = found.find(({ name }) => name === target.name)
    if (target.kind === 'class' && predicted?.kind === 'class')
      return { ...evaluateClasses({ ...predicted, known: target.values }, weights), heldOut }
    if (target.kind === 'number' && predicted?.kind === 'number')
      return { ...evaluateNumbers({ ...predicted, known: target.values }, weights), heldOut }
    throw new Error(`${target.name}: expected a prediction of its kind`)
  })
}

const placesWhere = (fold: Uint8Array, is: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from(fold.keys()).filter((i) => is(fold[i]))

const some = ({ matrix, weights }: Rows, rows: Uint32Array): Rows => ({
  matrix: chooseRows(matrix as Matrix, rows),
  weights: weights && weightsAt(weights, rows),
})

function pick(target: CheckedTarget, rows: Uint32Array): CheckedTarget {
  return target.kind === 'class'
    ? { ...target, values: Int32Array.from(rows, (i) => target.values[i]) }
    : { ...target, values: Float64Array.from(rows, (i) => target.values[i]) }
}

/** Predictions of one target for rows one after the other. */
function joined(parts: readonly TargetPrediction[]): TargetPrediction {
  const all = (read: (part: TargetPrediction) => Float64Array | undefined): Float64Array =>
    Float64Array.from(parts.flatMap((part) => Array.from(read(part) ?? [])))
  const [first] = parts
  if (first.kind === 'class') {
    const place = Int32Array.from(parts.flatMap((part) => (part.kind === 'class' ? Array.from(part.place) : [])))
    return { ...first, place, probabilities: all((part) => (part.kind === 'class' ? part.probabilities : undefined)) }
  }
  const numbers = (which: 'value' | 'low' | 'high'): Float64Array =>
    all((part) => (part.kind === 'number' ? part[which] : undefined))
  return { ...first, value: numbers('value'), low: numbers('low'), high: numbers('high') }
}
