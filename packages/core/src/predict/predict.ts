import Result from 'true-myth/result'
import type { Rows, Session, Watch } from '../backend/backend.ts'
import { pacer } from '../backend/js/pacer.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import { inSession } from '../read/in-session.ts'
import type { MatchRuntime } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { blender, type Near } from './blend.ts'
import { greatest, toProbabilities } from './class-outputs.ts'
import { type Inputs, inputsOf } from './inputs.ts'
import { mostCoverage, reachOf, spreadAt } from './intervals.ts'
import { outputsOf, type Target } from './targets.ts'

export interface PredictOptions {
  /** How often intervals are to hold the true value: 0.9 by default. */
  readonly coverage?: number
}

/** What a map predicts for rows, and the reason: the unit that each row is nearest to, and how near. */
export interface Predictions {
  /** Best-matching units; -1 for a row without a value in any feature, for which nothing is predicted. */
  readonly unit: Int32Array
  /** Distances to them in preprocessed units; NaN where there is no unit. */
  readonly distance: Float32Array
  /** In the order in which the map has its targets. */
  readonly targets: readonly TargetPrediction[]
}

export type TargetPrediction =
  | {
      readonly name: string
      readonly kind: 'class'
      readonly classes: readonly string[]
      /** The place of each row's most probable class; -1 where nothing is predicted. */
      readonly place: Int32Array
      /** rows × classes; NaN where nothing is predicted. */
      readonly probabilities: Float64Array
    }
  | {
      readonly name: string
      readonly kind: 'number'
      readonly value: Float64Array
      /**
       * The ends of an interval that holds the true value of rows like those of the fit as often as `coverage` says.
       */
      readonly low: Float64Array
      readonly high: Float64Array
      /** As asked, or the most that the rows of the fit can promise. */
      readonly coverage: number
    }

/** What each option of predicting may be. */
export const PREDICT_OPTIONS: Readonly<Record<keyof PredictOptions, Option>> = {
  coverage: { kind: 'number', above: 0, most: 1 },
}
const USUAL_COVERAGE = 0.9

/**
 * The targets of rows as the models of a map predict them (see `fitTargets`): classes with their probabilities, numbers
 * with an interval. Rows are treated as `match` treats them.
 */
export async function predict(
  som: Som,
  rows: RowsInput,
  options: PredictOptions = {},
  runtime: Omit<MatchRuntime, 'second'> = {},
): Promise<Result<Predictions, readonly Issue[]>> {
  const wrong = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], wrong)
  if (!checkSom(som, wrong)) return Result.err(wrong.list)
  const issues = [...wrong.list, ...checkPredictOptions(som, options)]
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) return Result.err([...issues, ...prepared.error])
  if (issues.length > 0) return Result.err(issues)
  return Result.ok(await predictPrepared(som, prepared.value, options, runtime))
}

/** What is wrong with predicting by this map and with these options; empty where nothing is. */
export function checkPredictOptions(som: Pick<Som, 'targets'>, options: PredictOptions): readonly Issue[] {
  const issues = new Issues()
  const fine = checkByTable(options, PREDICT_OPTIONS, issues)
  if (som.targets === undefined) {
    issues.add('som', 'expected a map that predicts, found one without targets; give it some with fitTargets')
    return issues.list
  }
  for (const target of som.targets.of) {
    const { coverage } = options ?? {}
    if (!fine || target.kind === 'class' || coverage === undefined) continue
    const { length: held } = target.residuals
    const most = mostCoverage(held)
    if (coverage <= most) continue
    const rows = `intervals of ${target.name} rest on ${held} rows`
    issues.add('coverage', `expected at most ${most.toPrecision(4)}, since ${rows}, found ${coverage}`)
  }
  return issues.list
}

/** As `predict`, for rows prepared by `prepareRows`, a map with targets and valid options. */
export async function predictPrepared(
  som: Som,
  rows: Rows,
  options: PredictOptions = {},
  { backend, signal }: Omit<MatchRuntime, 'second'> = {},
): Promise<Predictions> {
  return inSession(som, rows, (session) => predictIn(session, som, rows, options, { signal }), backend)
}

/** As `predictPrepared`, in an open session of the map: for callers that keep one open from rows to rows. */
export async function predictIn(
  session: Pick<Session, 'nearest'>,
  { targets }: Pick<Som, 'targets'>,
  rows: Rows,
  { coverage = USUAL_COVERAGE }: PredictOptions = {},
  { signal }: Pick<Watch, 'signal'> = {},
): Promise<Predictions> {
  if (targets === undefined) throw new RangeError('som: expected a map with targets, found one without')
  const nearest = targets.of.reduce((most, { settings }) => Math.max(most, settings.nearest), 1)
  const near = await session.nearest(nearest, rows, { signal })
  const { rows: count } = rows.matrix
  const of: TargetPrediction[] = []
  for (const target of targets.of) {
    const inputs = inputsOf(rows.matrix, targets, target.settings.squares)
    of.push(await predictTarget(target, inputs, near, count, coverage, signal))
  }
  return {
    unit: Int32Array.from({ length: count }, (_, i) => near.unit[i * near.k]),
    distance: Float32Array.from({ length: count }, (_, i) => near.distance[i * near.k]),
    targets: of,
  }
}

/** The predictions of the rows from `from` up to `to`: a view, not a copy. */
export function partOfPredictions({ unit, distance, targets }: Predictions, from: number, to: number): Predictions {
  return {
    unit: unit.subarray(from, to),
    distance: distance.subarray(from, to),
    targets: targets.map((target): TargetPrediction => {
      if (target.kind === 'number') {
        const [value, low, high] = [target.value, target.low, target.high].map((of) => of.subarray(from, to))
        return { ...target, value, low, high }
      }
      const { place, probabilities, classes } = target
      return {
        ...target,
        place: place.subarray(from, to),
        probabilities: probabilities.subarray(from * classes.length, to * classes.length),
      }
    }),
  }
}

async function predictTarget(
  target: Target,
  inputs: Inputs,
  near: Near,
  rows: number,
  coverage: number,
  signal: AbortSignal | undefined,
): Promise<TargetPrediction> {
  const { name, settings, coefficients } = target
  const outputs = outputsOf(target)
  const pace = pacer({ signal })
  const blend = blender({ outputs, coefficients }, inputs, near, [settings.nearest])
  const found = new Float64Array(rows * outputs)
  const into = [found]
  const work = settings.nearest * inputs.width * outputs
  for (let i = 0; i < rows; i++) {
    blend(i, into, i * outputs)
    if (pace.due(work)) await pace.pause(0)
  }
  if (target.kind === 'class') {
    const place = new Int32Array(rows)
    for (let i = 0; i < rows; i++) {
      place[i] = near.unit[i * near.k] < 0 ? -1 : greatest(found, i * outputs, outputs)
      toProbabilities(found, i * outputs, outputs, target.temperature, target.rows)
    }
    return { name, kind: 'class', classes: target.classes, place, probabilities: found }
  }
  const promised = Math.min(coverage, mostCoverage(target.residuals.length))
  const reach = reachOf(target, promised)
  const { mean, deviation } = target
  const weights = new Float64Array(near.k)
  const [low, high] = [new Float64Array(rows), new Float64Array(rows)]
  for (let i = 0; i < rows; i++) {
    const value = mean + deviation * found[i]
    const half = deviation * reach * spreadAt(target.spread, near, i, settings.nearest, weights)
    found[i] = value
    low[i] = value - half
    high[i] = value + half
  }
  return { name, kind: 'number', value: found, low, high, coverage: promised }
}
