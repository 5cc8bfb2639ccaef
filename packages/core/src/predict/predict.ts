import Result from 'true-myth/result'
import type { NearestUnits, Rows, Session, Watch } from '../backend/backend.ts'
import { pacer } from '../backend/js/pacer.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import { inSession } from '../read/in-session.ts'
import type { MatchRuntime } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { isSparse, type Matrix, type SparseMatrix } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { blender, type Near, product, unitWeights } from './blend.ts'
import { greatest, toProbabilities } from './class-outputs.ts'
import { type Inputs, inputsOf } from './inputs.ts'
import { mostCoverage, reachOf } from './intervals.ts'
import { type ClassTarget, type NumberTarget, outputsOf, type Target } from './targets.ts'

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
  { matrix }: Rows,
  { coverage = USUAL_COVERAGE }: PredictOptions = {},
  { signal }: Pick<Watch, 'signal'> = {},
): Promise<Predictions> {
  if (targets === undefined) throw new RangeError('som: expected a map with targets, found one without')
  const nearest = targets.of.reduce((most, { settings }) => Math.max(most, settings.nearest), 1)
  const { rows: count } = matrix
  const predictors = targets.of.map((target) => {
    return predictorOf(target, inputsOf(matrix, targets, target.settings.squares), count, coverage)
  })
  const work = predictors.reduce((sum, predictor) => sum + predictor.work, 0)
  const pace = pacer({ signal })
  const [unit, distance] = [new Int32Array(count), new Float32Array(count)]
  const find = (from: number): Promise<NearestUnits> =>
    session.nearest(nearest, { matrix: rowsFrom(matrix, from, Math.min(count, from + CHUNK)) }, { signal })
  // The units of the next rows are looked for, in other threads, while those of these rows are blended.
  let next: Promise<NearestUnits> | null = count > 0 ? find(0) : null
  try {
    for (let from = 0; next !== null; from += CHUNK) {
      const near = await next
      const to = Math.min(count, from + CHUNK)
      next = to < count ? find(to) : null
      next?.catch(() => {})
      for (let i = 0; i < to - from; i++) {
        unit[from + i] = near.unit[i * near.k]
        distance[from + i] = near.distance[i * near.k]
        for (const predictor of predictors) predictor.take(near, i, from + i)
        if (pace.due(work)) await pace.pause(0)
      }
    }
  } finally {
    await next?.catch(() => {})
  }
  return { unit, distance, targets: predictors.map(({ found }) => found) }
}

/** Rows whose nearest units are looked for at once. */
const CHUNK = 16_384

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

/** Predicts a target row by row: `take` writes the prediction of the row at `at`, whose units are at `i` in `near`. */
interface Predictor {
  readonly found: TargetPrediction
  readonly take: (near: Near, i: number, at: number) => void
  /** What a row costs, in multiplications. */
  readonly work: number
}

function predictorOf(target: Target, inputs: Inputs, rows: number, coverage: number): Predictor {
  const work = target.settings.nearest * inputs.width * outputsOf(target)
  return {
    ...(target.kind === 'class' ? classesOf(target, inputs, rows) : numbersOf(target, inputs, rows, coverage)),
    work,
  }
}

function classesOf(target: ClassTarget, inputs: Inputs, rows: number): Omit<Predictor, 'work'> {
  const { name, classes, settings, coefficients, temperature } = target
  const { length: count } = classes
  const blend = blender({ outputs: count, coefficients }, inputs, settings.nearest)
  const place = new Int32Array(rows)
  const probabilities = new Float64Array(rows * count)
  return {
    found: { name, kind: 'class', classes, place, probabilities },
    take(near, i, at) {
      blend(near, i, at, probabilities, at * count)
      place[at] = near.unit[i * near.k] < 0 ? -1 : greatest(probabilities, at * count, count)
      toProbabilities(probabilities, at * count, count, temperature, target.rows)
    },
  }
}

function numbersOf(target: NumberTarget, inputs: Inputs, rows: number, coverage: number): Omit<Predictor, 'work'> {
  const { name, settings, coefficients, mean, deviation, spread } = target
  const promised = Math.min(coverage, mostCoverage(target.residuals.length))
  const reach = reachOf(target, promised)
  const [value, low, high] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)]
  const row = new Float64Array(inputs.width)
  const weights = new Float64Array(settings.nearest)
  return {
    found: { name, kind: 'number', value, low, high, coverage: promised },
    take(near, i, at) {
      const count = unitWeights(near, i, settings.nearest, weights)
      if (count === 0) {
        value[at] = low[at] = high[at] = Number.NaN
        return
      }
      inputs.read(at, row)
      let [sum, size] = [0, 0]
      for (let j = 0; j < count; j++) {
        const unit = near.unit[i * near.k + j]
        sum += weights[j] * product(coefficients, unit * row.length, row)
        size += weights[j] * spread[unit]
      }
      const half = deviation * reach * size
      value[at] = mean + deviation * sum
      low[at] = value[at] - half
      high[at] = value[at] + half
    },
  }
}

/** The rows from `from` up to `to`: views where they are dense. */
function rowsFrom(matrix: Matrix | SparseMatrix, from: number, to: number): Matrix | SparseMatrix {
  if (from === 0 && to === matrix.rows) return matrix
  if (!isSparse(matrix)) {
    const { columns, data } = matrix
    return { rows: to - from, columns, data: data.subarray(from * columns, to * columns) }
  }
  const { columns, offsets, indices, values } = matrix
  const [first, end] = [offsets[from], offsets[to]]
  return {
    rows: to - from,
    columns,
    offsets: offsets.slice(from, to + 1).map((offset) => offset - first),
    indices: indices.subarray(first, end),
    values: values.subarray(first, end),
  }
}
