import Result from 'true-myth/result'
import type { Matches, Rows, Watch } from '../../backend/backend.ts'
import { js } from '../../backend/js/js.ts'
import { checkRuntime } from '../../check-runtime.ts'
import { checkSom } from '../../check-som.ts'
import { type Issue, Issues, show } from '../../issue.ts'
import { squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
import { defaultNeighbours, type Neighbours } from '../../map/neighbours.ts'
import { rowDistance } from '../../map/row-distance.ts'
import { nextTurn } from '../../next-turn.ts'
import { checkByTable } from '../../plan/check-value.ts'
import type { Option } from '../../plan/option-table.ts'
import type { RowsInput } from '../../rows/check-samples.ts'
import { exactRow, type PreparedRows } from '../../rows/exact-row.ts'
import { chooseRows, rowOf } from '../../rows/matrix.ts'
import { prepareRows } from '../../rows/prepare.ts'
import type { Som } from '../../som.ts'
import type { Clusters } from '../cluster/clusters.ts'
import { inSession } from '../in-session.ts'
import type { MatchRuntime } from '../match.ts'
import { combinedError } from './combined-error.ts'
import { deadUnits, hitEntropy } from './dead-units.ts'
import { distortionAt } from './distortion.ts'
import {
  hits,
  meanSquaredQuantizationError,
  quantizationError,
  topographicError,
  unitQuantizationError,
  unitTopographicError,
} from './errors.ts'
import { drawsOf, type Estimate, estimatedMean, estimating } from './estimate.ts'
import { explainedVariance } from './explained-variance.ts'
import { labelAgreement } from './labels.ts'
import { meanTiedRank } from './mean-tied-rank.ts'
import { rankPreservation } from './rank-preservation.ts'
import { afterwards, canTrainOn, errorAfterMore, isHeldOut, type Symptoms, symptomsOf } from './symptoms.ts'
import { type TopographicFunction, topographicFunction } from './topographic-function.ts'
import { topographicProduct } from './topographic-product.ts'

export interface QualityOptions {
  /** Which units count as neighbours: by default 8 on a rectangular and 6 on a hexagonal lattice. */
  readonly neighbours?: Neighbours
  /** One label per row, null if unknown: adds the measures of agreement. */
  readonly labels?: readonly (string | null)[]
  /**
   * The number of neighbours for trustworthiness and continuity: 10 by default, fewer if there are fewer than 21 rows.
   */
  readonly nearest?: number
  /**
   * How distance between rows on the map is measured: by the positions of their units (`lattice`, the default) or by
   * their prototypes (`codebook`).
   */
  readonly space?: 'lattice' | 'codebook'
  /** The radius of the distortion; by default that of the last epoch trained. */
  readonly radius?: number
  /** How many rows or units to draw for measures with quadratic cost: 500 by default. */
  readonly sample?: number
  /** The seed of the draws: 1 by default. */
  readonly seed?: number
}

/** A measure's name, its figure, and how it was measured. */
export interface Measure extends Estimate {
  readonly name: string
  /** The convention, without which the figure cannot be compared. */
  readonly convention: string
  /** Which direction is better; null if a middle value is best. */
  readonly better: 'lower' | 'higher' | null
}

/** The quality of a map on some rows. */
export interface Quality {
  readonly rows: number
  /** Rows without a value in any feature: they have no unit and are ignored. */
  readonly emptyRows: number
  readonly measures: readonly Measure[]
  readonly topographicFunction: TopographicFunction
  /** The input of `diagnose`. */
  readonly symptoms: Symptoms
  /** Figures of each unit; NaN for a unit without rows. */
  readonly units: {
    readonly hits: Float64Array
    readonly quantizationError: Float64Array
    readonly topographicError: Float64Array
  }
}

/** Where measuring runs, and who hears of it. */
export interface QualityRuntime extends Omit<MatchRuntime, 'second'> {
  /** Called now and then with the finished share of the work, 0 to 1. */
  readonly progress?: (share: number) => void
}

/**
 * Every quality measure of a map, on its training rows or, more informative, on others. A figure that does not exist,
 * such as the topographic error of a map with one unit, is NaN.
 */
export async function quality(
  som: Som,
  rows: RowsInput,
  options: QualityOptions = {},
  runtime: QualityRuntime = {},
): Promise<Result<Quality, readonly Issue[]>> {
  const wrong = new Issues()
  checkSom(som, wrong)
  checkRuntime(runtime, ['backend', 'signal', 'progress'], wrong)
  if (wrong.list.some(({ path }) => path === 'som')) return Result.err(wrong.list)
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) return Result.err([...prepared.error, ...wrong.list])
  const issues = [...checkQualityOptions(som, prepared.value, options), ...wrong.list]
  if (issues.length > 0) return Result.err(issues)
  return Result.ok((await qualityPrepared(som, prepared.value, options, runtime)).quality)
}

/** Rows matched, and the quality of the map on them. */
export interface QualityOfRows {
  readonly matches: Matches
  readonly quality: Quality
}

/**
 * As `quality`, for prepared rows and valid options, with what the rows match. What more epochs would do is tried by
 * the backend while the measures are worked out.
 */
export async function qualityPrepared(
  som: Som,
  rows: PreparedRows,
  options: QualityOptions = {},
  { backend = js(), signal, progress }: QualityRuntime = {},
): Promise<QualityOfRows> {
  const watch = (from: number, to: number): Watch => ({
    ...(signal && { signal }),
    ...(progress && { progress: (share) => progress(from + (to - from) * share) }),
  })
  return inSession(
    som,
    rows,
    async (session) => {
      const matches = await session.match(undefined, watch(0, MATCHED))
      const heldOut = isHeldOut(som, rows)
      const tried = !heldOut && canTrainOn(som, backend)
      const trying = tried ? errorAfterMore(som, rows, session, { ...(signal && { signal }) }) : undefined
      // Measures may fail first: then nobody waits for it.
      trying?.catch(() => {})
      const found = await inTurns(measuring(som, rows, matches, options, heldOut), watch(MATCHED, 1))
      const symptoms = trying === undefined ? found.symptoms : afterwards(found.symptoms, await trying)
      progress?.(1)
      return { matches, quality: { ...found, symptoms } }
    },
    backend,
  )
}

/** About which share of the time matching takes. */
const MATCHED = 0.25

/** Takes all steps, and lets waiting events run between them. */
async function inTurns<T>(steps: Generator<number, T>, { signal, progress }: Watch): Promise<T> {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
    progress?.(next.value)
    await nextTurn()
    signal?.throwIfAborted()
  }
}

/**
 * As `quality`, for prepared and matched rows and valid options. Ranks use the rows before their rounding to f32 if
 * `prepareRows` made them.
 */
export function qualityOf(som: Som, rows: PreparedRows, matches: Matches, options: QualityOptions = {}): Quality {
  const steps = measuring(som, rows, matches, options)
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
  }
}

/** Steps beside those of draws. */
const OTHER_STEPS = 6

/** Measures in steps; each gives the finished share. */
function* measuring(
  som: Som,
  rows: PreparedRows,
  matches: Matches,
  options: QualityOptions,
  heldOut?: boolean,
): Generator<number, Quality> {
  const { lattice } = som
  const { weights } = rows
  const neighbours = options.neighbours ?? defaultNeighbours(lattice)
  const units = unitCount(lattice)
  const counts = hits(som, matches, { weights })
  const last = som.training.history.at(-1)
  const radius = options.radius ?? last?.endRadius ?? last?.radius ?? 1
  const effort = { sample: options.sample ?? 500, seed: options.seed ?? 1 }
  const matched = matchedRows(matches)
  const ofDrawn = `of ${Math.min(effort.sample, matched.length)} rows${matched.length > effort.sample ? ' drawn ten times' : ''}`
  const near = `${neighbours} neighbours`
  const steps = OTHER_STEPS + 2 * drawsOf(matched.length, effort.sample)
  let taken = 0
  const share = (): number => ++taken / steps
  /** Draws as steps of this. */
  function* drawing<T>(draws: Generator<void, T>): Generator<number, T> {
    for (;;) {
      const next = draws.next()
      if (next.done) return next.value
      yield share()
    }
  }
  const [lower, higher] = ['lower', 'higher'] as const
  const measures: Measure[] = []
  const add = (name: string, better: Measure['better'], convention: string, found: number | Estimate): void => {
    const estimate = typeof found === 'number' ? { value: found, interval: null } : found
    measures.push({ name, better, convention, ...estimate })
  }

  const addClusters = ({ of }: Clusters, labels: readonly (string | null)[]): void => {
    const groups = matches.unit.map((unit) => (unit < 0 ? -1 : of[unit]))
    const agreement = labelAgreement(groups, labels)
    const against = 'clusters against labels'
    add('clusterPurity', higher, against, agreement.purity)
    add(
      'clusterNormalisedMutualInformation',
      higher,
      `arithmetic mean, ${against}`,
      agreement.normalisedMutualInformation,
    )
    add('clusterAdjustedRand', higher, against, agreement.adjustedRand)
  }

  add('quantizationError', lower, 'mean distance', quantizationError(som, matches, { weights }))
  add(
    'meanSquaredQuantizationError',
    lower,
    'mean squared distance',
    meanSquaredQuantizationError(som, matches, { weights }),
  )
  add('explainedVariance', higher, 'share, 1 is all', explainedVariance(som, matches, { rows }))
  yield share()
  add('topographicError', lower, near, topographicError(som, matches, { neighbours, weights }))
  add('meanTiedRank', lower, 'rank of the second-best unit', meanTiedRank(som, matches, { weights }))
  yield share()
  const symptoms = symptomsOf(som, rows, matches, heldOut)
  add(
    'combinedError',
    lower,
    `path over ${near}`,
    options.neighbours === undefined ? symptoms.combinedError : combinedError(som, matches, { neighbours, weights }),
  )
  yield share()
  const distort = distortionAt(som, radius)
  const { distortion } = yield* drawing(
    estimating(matched.length, effort, (chosen) => {
      const [drawn, own] = some(rows, matches, pick(matched, chosen))
      return { distortion: distort(own, drawn) }
    }),
  )
  add('distortion', lower, `mean, radius ${Number(radius.toPrecision(4))}, ${ofDrawn}`, distortion)
  add(
    'topographicProduct',
    null,
    `ties by data distance, of ${Math.min(units, effort.sample)} units${units > effort.sample ? ' drawn' : ''}`,
    estimatedMean(units, effort, (chosen) => topographicProduct(som, { units: chosen })),
  )
  yield share()
  const nearest = Math.min(
    options.nearest ?? 10,
    Math.max(1, Math.floor((Math.min(matched.length, effort.sample) - 1) / 2)),
  )
  const space = options.space ?? 'lattice'
  const kept = yield* drawing(
    estimating(matched.length, effort, (chosen) =>
      preservation(som, rows, matches, pick(matched, chosen), nearest, space),
    ),
  )
  const places = `${nearest} nearest, ${space} distance, ${ofDrawn}`
  add('trustworthiness', higher, places, kept.trustworthiness)
  add('continuity', higher, places, kept.continuity)
  add('neighbourhoodPreservation', higher, places, kept.neighbourhoodPreservation)
  yield share()
  add('deadUnits', lower, `of ${units} units`, deadUnits(som, matches, { weights }))
  add('hitEntropy', higher, 'share of ln of the units', hitEntropy(som, matches, { weights }))
  if (options.labels !== undefined) {
    const agreement = labelAgreement(matches.unit, options.labels)
    add('purity', higher, 'units against labels', agreement.purity)
    add(
      'normalisedMutualInformation',
      higher,
      'arithmetic mean, units against labels',
      agreement.normalisedMutualInformation,
    )
    add('adjustedRand', higher, 'units against labels', agreement.adjustedRand)
    if (som.clusters !== undefined) addClusters(som.clusters, options.labels)
  }
  return {
    rows: matches.unit.length,
    emptyRows: matches.unit.length - matched.length,
    measures,
    topographicFunction: topographicFunction(som, matches),
    symptoms,
    units: {
      hits: counts,
      quantizationError: unitQuantizationError(som, matches, { weights }),
      topographicError: unitTopographicError(som, matches, { neighbours, weights }),
    },
  }
}

/** What neighbours and labels may be depends on the map and on the rows. */
const OPTIONS: Readonly<Record<keyof QualityOptions, Option>> = {
  neighbours: { kind: 'object' },
  labels: { kind: 'object' },
  nearest: { kind: 'integer', least: 1 },
  space: { kind: 'choice', of: ['lattice', 'codebook'], default: 'lattice' },
  radius: { kind: 'number', above: 0 },
  sample: { kind: 'integer', least: 3, default: 500 },
  seed: { kind: 'integer', least: 0, default: 1 },
}

function checkQualityOptions({ lattice }: Som, { matrix }: Rows, options: QualityOptions): readonly Issue[] {
  const issues = new Issues()
  const { neighbours, labels } = options ?? {}
  const possible = lattice.cell === 'hexagonal' ? [6] : [4, 8]
  if (neighbours !== undefined && !possible.includes(neighbours))
    issues.add(
      'neighbours',
      `expected ${possible.join(' or ')} on a ${lattice.cell} lattice, found ${show(neighbours)}`,
    )
  const found = Array.isArray(labels) ? labels.length : show(labels)
  if (labels !== undefined && found !== matrix.rows)
    issues.add('labels', `expected one per row (${matrix.rows}), found ${found}`)
  checkByTable(options, OPTIONS, issues)
  return issues.list
}

/** The rows that have a unit. */
function matchedRows({ unit }: Matches): Uint32Array {
  const rows = new Uint32Array(unit.length)
  let count = 0
  for (let i = 0; i < unit.length; i++) if (unit[i] >= 0) rows[count++] = i
  return rows.subarray(0, count)
}

const pick = (from: Uint32Array, chosen: Uint32Array): Uint32Array => chosen.map((at) => from[at])

/** A selection of rows and their matches. */
function some(
  { matrix, weights }: Rows,
  { unit, distance, secondUnit, secondDistance }: Matches,
  chosen: Uint32Array,
): [Rows, Matches] {
  const of = <T extends Float32Array | Int32Array>(all: T): T => {
    // Its type has the array's own constructor.
    const found = new (all.constructor as new (length: number) => T)(chosen.length)
    for (let at = 0; at < chosen.length; at++) found[at] = all[chosen[at]]
    return found
  }
  return [
    { matrix: chooseRows(matrix, chosen), weights: weights && of(weights) },
    { unit: of(unit), distance: of(distance), secondUnit: of(secondUnit), secondDistance: of(secondDistance) },
  ]
}

function preservation(
  som: Som,
  rows: PreparedRows,
  matches: Matches,
  chosen: Uint32Array,
  nearest: number,
  space: 'lattice' | 'codebook',
): Record<'trustworthiness' | 'continuity' | 'neighbourhoodPreservation', number> {
  const distance = rowDistance(som.metric)
  const data = Array.from(chosen, (i) => exactRow(rows, i))
  const unit = matches.unit
  const onMap = {
    lattice: (i: number, j: number) => squaredLatticeDistance(som.lattice, unit[chosen[i]], unit[chosen[j]]),
    codebook: (i: number, j: number) =>
      distance(rowOf(som.codebook, unit[chosen[i]]), rowOf(som.codebook, unit[chosen[j]])),
  }
  return {
    ...rankPreservation(chosen.length, (i, j) => distance(data[i], data[j]), onMap[space], nearest),
  }
}
