import Result from 'true-myth/result'
import type { Rows } from '../backend/backend.ts'
import { pacer } from '../backend/js/pacer.ts'
import { type Issue, Issues } from '../issue.ts'
import { random, shuffled } from '../random.ts'
import { nearestUnitsPrepared } from '../read/nearest-units.ts'
import { countOf } from '../rows/used-rows.ts'
import type { Som } from '../som.ts'
import type { Near } from './blend.ts'
import type { CheckedTarget } from './check-targets.ts'
import { type Chosen, chooseModels, type Fit, type Lesson, MOST_NEAR } from './choose-models.ts'
import { accuracyOf, brierOf, classOutputs, temperatureOf } from './class-outputs.ts'
import type { FitOptions, FitRuntime } from './fit-options.ts'
import { inputsOf, standardOf } from './inputs.ts'
import { spreadsOf } from './intervals.ts'
import type { FitRows } from './local-models.ts'
import type { ClassTarget, NumberTarget, Target, Targets } from './targets.ts'
import { withUnlabelled } from './unlabelled.ts'

/** `fitTargets`, for what it has checked. */
export async function fitChecked(
  som: Som,
  rows: Rows,
  checked: readonly CheckedTarget[],
  { seed }: Required<FitOptions>,
  { backend, signal, progress }: FitRuntime,
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  const near = await nearestUnitsPrepared(som, rows, MOST_NEAR, { backend, signal })
  const usable = checked.map((target) => usableRows(target, rows, near))
  checked.forEach((target, t) => {
    checkRows(target, usable[t], issues)
  })
  if (issues.list.length > 0) return Result.err(issues.list)

  const standard = standardOf(rows.matrix, rows.weights)
  const pace = pacer({ signal })
  const of: Target[] = []
  for (const [t, target] of checked.entries()) {
    const chosen = usable[t]
    const fit: Unfilled = {
      lattice: som.lattice,
      features: som.features.length,
      inputs: (squares) => inputsOf(rows.matrix, standard, squares),
      near,
      rows: chosen,
      unit: Int32Array.from(chosen, (i) => near.unit[i * near.k]),
      weight: weightsOf(chosen, rows.weights),
      drawn: Uint32Array.from(shuffled(random(seed, 'held out'), chosen.length)),
    }
    const pause = async (share: number): Promise<void> => {
      progress?.((t + share) / checked.length)
      await pace.pause(share)
    }
    if (target.kind === 'number') of.push(await fitNumbers(target, fit, pause))
    else {
      const spread: Spread = (labelled, places) => {
        const others = rowsWhere(rows, near, (i) => target.values[i] < 0)
        const { length: count } = target.classes
        return withUnlabelled(som, rows, near, labelled, places, count, others, seed, { backend, signal })
      }
      of.push(await fitClasses(target, fit, spread, pause))
    }
  }
  return Result.ok({ ...som, targets: { ...standard, of } satisfies Targets })
}

type Unfilled = Omit<Fit, 'lessons' | 'outputCount'> & Omit<FitRows, 'outputs'>
/** Makes the lesson with rows that have no class, where there are enough of them. */
type Spread = (labelled: FitRows, places: Int32Array) => Promise<Lesson | null>
type Pause = (share: number) => Promise<void>

async function fitClasses(
  { name, classes, values }: Extract<CheckedTarget, { kind: 'class' }>,
  unfilled: Unfilled,
  spread: Spread,
  pause: Pause,
): Promise<ClassTarget> {
  const count = classes.length
  const places = Int32Array.from(unfilled.rows, (i) => values[i])
  const { weight } = unfilled
  const labelled = { ...unfilled, outputs: classOutputs(places, count) }
  const more = await spread(labelled, places)
  const fit = { ...unfilled, lessons: [alone(labelled), ...(more ? [more] : [])], outputCount: count }
  const at = (chosen: Uint32Array): [Int32Array, Float64Array] => [wholeAt(places, chosen), numbersAt(weight, chosen)]
  const chosen = await chooseModels(fit, (outputs, some) => -brierOf(outputs, ...at(some), count), pause)
  const known = at(chosen.places)
  return {
    name,
    kind: 'class',
    classes,
    ...common(unfilled, chosen),
    ...(chosen.lesson > 0 && more && { unlabelled: more.all.rows.length - labelled.rows.length }),
    heldOut: accuracyOf(chosen.heldOut, ...known, count),
    temperature: temperatureOf(chosen.heldOut, ...known, count),
  }
}

async function fitNumbers(
  { name, values }: Extract<CheckedTarget, { kind: 'number' }>,
  unfilled: Unfilled,
  pause: Pause,
): Promise<NumberTarget> {
  const { rows, weight, lattice, unit, near } = unfilled
  const known = Float64Array.from(rows, (i) => values[i])
  const mean = weightedMean(known, weight)
  const variance = weightedMean(
    known.map((y) => (y - mean) * (y - mean)),
    weight,
  )
  const deviation = Math.sqrt(variance)
  const outputs = known.map((y) => (y - mean) / deviation)
  const error = (found: Float64Array, places: Uint32Array): number =>
    weightedMean(
      found.map((y, at) => (y - outputs[places[at]]) * (y - outputs[places[at]])),
      numbersAt(weight, places),
    )
  const fit = { ...unfilled, lessons: [alone({ ...unfilled, outputs })], outputCount: 1 }
  const chosen = await chooseModels(fit, (found, places) => -error(found, places), pause)
  const { places, heldOut } = chosen
  const residuals = heldOut.map((y, at) => y - outputs[places[at]])
  const { spread, without } = spreadsOf(lattice, wholeAt(unit, places), numbersAt(weight, places), residuals)
  const weights = new Float64Array(near.k)
  const scaled = Float32Array.from(
    residuals,
    (residual, at) => Math.abs(residual) / without(at, near, rows[places[at]], chosen.settings.nearest, weights),
  )
  return {
    name,
    kind: 'number',
    ...common(unfilled, chosen),
    heldOut: 1 - error(heldOut, places),
    mean,
    deviation,
    spread,
    residuals: scaled.sort(),
  }
}

/** Learnt from the rows of the fit alone, each left out in turn. */
const alone = (rows: FitRows): Lesson => ({ all: rows, parts: [{ rows, has: () => true }] })

function common(fit: Unfilled, { settings, models }: Chosen): Pick<Target, 'rows' | 'settings' | 'coefficients'> {
  return { rows: fit.rows.length, settings, coefficients: models.coefficients }
}

/** Rows with a weight, a unit and a value of the target. */
function usableRows(target: CheckedTarget, rows: Rows, near: Near): Uint32Array {
  return rowsWhere(rows, near, (i) =>
    target.kind === 'class' ? target.values[i] >= 0 : !Number.isNaN(target.values[i]),
  )
}

function rowsWhere({ matrix, weights }: Rows, near: Near, is: (i: number) => boolean): Uint32Array {
  return Uint32Array.from({ length: matrix.rows }, (_, i) => i).filter(
    (i) => is(i) && near.unit[i * near.k] >= 0 && (weights === undefined || weights[i] > 0),
  )
}

/** Weights that add up to the number of rows they stand for: those that add up to 1 say nothing about that number. */
function weightsOf(rows: Uint32Array, weights: Float32Array | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(rows.length).fill(1)
  const own = Float32Array.from(rows, (i) => weights[i])
  const total = own.reduce((sum, weight) => sum + weight, 0)
  const factor = countOf(rows.length, own) / total
  return Float64Array.from(own, (weight) => weight * factor)
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    sum += weights[i] * values[i]
    total += weights[i]
  }
  return sum / total
}

const numbersAt = (values: Float64Array, places: Uint32Array): Float64Array =>
  Float64Array.from(places, (at) => values[at])
const wholeAt = (values: Int32Array, places: Uint32Array): Int32Array => Int32Array.from(places, (at) => values[at])

/** A row can only be left out where others remain. */
const LEAST_ROWS = 2

function checkRows(target: CheckedTarget, rows: Uint32Array, issues: Issues): void {
  const path = `targets.${target.name}`
  if (rows.length < LEAST_ROWS) {
    issues.add(path, `expected at least ${LEAST_ROWS} rows with a value, found ${rows.length}`)
    return
  }
  const [first] = rows
  if (rows.every((i) => target.values[i] === target.values[first]))
    issues.add(path, 'expected values that vary among the rows with a feature and a weight, found only one')
}
