import Result from 'true-myth/result'
import { chunkRowsFor, chunkRowsOf } from '../chunks/chunk-rows.ts'
import { type Issue, Issues } from '../issue.ts'
import { isOwnMetric } from '../map/distance.ts'
import { type CheckedOptions, checkOptions } from '../plan/check-options.ts'
import { checkTraining, preparationOf } from '../plan/check-run.ts'
import { makePlan, type Ready } from '../plan/make-plan.ts'
import type { TrainOptions } from '../plan/options.ts'
import { checkForParts } from '../plan/plan-stored.ts'
import type { RunPlan, SpreadPlan } from '../plan/run-plan.ts'
import { startFrom } from '../plan/start.ts'
import { digestOfChunks } from '../rows/digest.ts'
import { type Fitted, featuresFitting } from '../rows/fit-features.ts'
import { type Matrix, matrix, rowOf } from '../rows/matrix.ts'
import { type Moments, momentsOf } from '../rows/moments.ts'
import { checkPlaces, placesOf } from '../rows/prepare.ts'
import { lookOf } from '../rows/rows-look.ts'
import { type Found, named, numbersOfFeatures } from './pass.ts'
import type { SpreadSamples } from './spread-samples.ts'

/** As TrainOptions, of samples that workers hold. */
export interface SpreadOptions extends Omit<TrainOptions, 'samples'> {
  readonly samples: SpreadSamples
}

/** Rows of a chunk in which workers are given the rows of a run. */
export const spreadChunkRows = (columns: number, { resume, from }: Pick<SpreadOptions, 'resume' | 'from'>): number => {
  const origin = resume ?? from
  return origin ? chunkRowsFor({ ...origin.training, features: origin.features }) : chunkRowsOf(columns)
}

/** Every issue that options have before there are rows, of which only the names of the features are known. */
export function checkSpreadOptions({
  samples,
  ...rest
}: Omit<SpreadOptions, 'samples'> & { readonly samples: Pick<SpreadSamples, 'features'> }): readonly Issue[] {
  const issues = new Issues()
  const checked = checkOptions({ ...rest, samples: [] }, issues)
  if (checked !== null) checkSpread(checked, { ...samples, rows: Number.POSITIVE_INFINITY }, issues)
  return issues.list
}

/**
 * As `planStored`, of samples that workers hold, wherever they are: the plan has the same bits, and so has the map that
 * is trained by it. Rejects where a pass does.
 */
export async function planSpread(options: SpreadOptions): Promise<Result<SpreadPlan, readonly Issue[]>> {
  const issues = new Issues()
  const planned = await planRows(options, issues)
  return planned && issues.list.length === 0 ? Result.ok(planned) : Result.err(issues.list)
}

async function planRows({ samples, ...rest }: SpreadOptions, issues: Issues): Promise<SpreadPlan | null> {
  const checked = checkOptions({ ...rest, samples: [] }, issues)
  if (checked === null) return null
  checkSpread(checked, samples, issues)
  if (issues.list.length > 0) return null
  const { origin } = checked
  const chunkRows = spreadChunkRows(samples.features.length, rest)
  const fitted = origin
    ? { features: origin.features, leftOut: origin.training.leftOut }
    : await fitSpread(checked, samples, chunkRows, issues)
  if (fitted === null || issues.list.length > 0) return null
  checkPlaces(fitted, placesOf(fitted, samples, true), issues)
  if (issues.list.length > 0) return null
  const of = { columns: samples.features, chunkRows, features: fitted.features }
  const numbers = [numbersOfFeatures(fitted.features)]
  const { moments, ...kept } = keptIn(await samples.pass({ ask: 'keep', ...of, numbers }), samples.rows, of)
  const ready: Ready = { ...fitted, ...kept, rows: samples.rows }
  const planned = await planPicking(checked, ready, moments, issues, async (chosen) =>
    rowsIn(
      await samples.pass({ ask: 'rows', ...of, numbers: [...numbers, Float64Array.from(chosen)] }),
      chosen,
      fitted.features.length,
    ),
  )
  return planned && { ...planned, spread: samples, chunkRows, variance: moments.variance }
}

function checkSpread(
  { rule, task, options, origin }: CheckedOptions,
  samples: Omit<SpreadSamples, 'pass'>,
  issues: Issues,
): void {
  if (rule !== 'batch') issues.add('rule', `expected "batch" for rows that workers hold, found "${rule}"`)
  if (isOwnMetric(task.metric)) issues.add('metric', 'expected a metric by its name for rows that workers hold')
  if (typeof task.kernel === 'object') issues.add('kernel', 'expected a kernel by its name for rows that workers hold')
  if (options.layers !== undefined || origin?.layers !== undefined)
    issues.add('layers', 'expected none for rows that workers hold')
  if (origin !== undefined) return
  checkTraining(options, samples, issues)
  checkForParts(samples, preparationOf(options), issues)
}

/** Two passes for the preprocessing of every feature: one where no method needs a deviation. */
async function fitSpread(
  { options }: CheckedOptions,
  samples: SpreadSamples,
  chunkRows: number,
  issues: Issues,
): Promise<Fitted | null> {
  const { layers: _, ...how } = preparationOf(options)
  const fitting = featuresFitting(samples, how, issues)
  const of = { ask: 'fit', columns: samples.features, chunkRows, how } as const
  for (const node of await samples.pass({ ...of, numbers: [] })) fitting.take(node)
  const first = fitting.first()
  if (fitting.again()) {
    for (const node of await samples.pass({ ...of, numbers: first })) fitting.take(node)
    fitting.again()
  }
  return fitting.done()
}

function keptIn(
  found: readonly Found[],
  rows: number,
  { features, chunkRows }: { readonly features: readonly unknown[]; readonly chunkRows: number },
): Pick<Ready, 'digest' | 'emptyRows'> & { readonly moments: Moments } {
  const tally = momentsOf(features.length, chunkRows)
  for (const node of named(found, 'moments')) tally.take(node)
  const chunks = named(found, 'words').sort((a, b) => a.index - b.index)
  const words = Uint32Array.from(chunks.flatMap(({ value: [own] }) => [...own]))
  const emptyRows = chunks.reduce((sum, { value: [, empty] }) => sum + empty[0], 0)
  return { digest: digestOfChunks(rows, features.length, words), emptyRows, moments: tally.done() }
}

/** Rows that a plan looks at, and that no worker has sent yet. */
class Wanted extends Error {
  readonly chosen: Uint32Array
  constructor(chosen: Uint32Array) {
    super('rows that were not fetched')
    this.chosen = chosen
  }
}

/** Makes the plan again after each fetch of rows: which ones it looks at depends on those that it has seen. */
async function planPicking(
  checked: CheckedOptions,
  ready: Ready,
  moments: Moments,
  issues: Issues,
  fetch: (chosen: Uint32Array) => Promise<Matrix>,
): Promise<RunPlan | null> {
  const fetched = new Map<string, Matrix>()
  const pick = (chosen: Uint32Array): Matrix => {
    const known = fetched.get(chosen.join())
    if (known === undefined) throw new Wanted(chosen)
    return { ...known, data: known.data.slice() }
  }
  for (;;) {
    const own = new Issues()
    try {
      const look = lookOf({ rows: ready.rows, columns: ready.features.length, pick }, undefined, () => moments)
      const planned = makePlan(checked, ready, startFrom(look), own)
      issues.list.push(...own.list)
      return planned
    } catch (error) {
      if (!(error instanceof Wanted)) throw error
      fetched.set(error.chosen.join(), await fetch(error.chosen))
    }
  }
}

function rowsIn(found: readonly Found[], chosen: Uint32Array, columns: number): Matrix {
  const rows = new Map<number, Float32Array>()
  for (const { value } of named(found, 'rows')) {
    const data = Float32Array.from(value[1])
    value[0].forEach((i, at) => {
      rows.set(i, data.subarray(at * columns, (at + 1) * columns))
    })
  }
  const picked = matrix(chosen.length, columns)
  chosen.forEach((i, at) => {
    const row = rows.get(i)
    if (row === undefined) throw new Error(`row ${i + 1} is with none of the workers`)
    rowOf(picked, at).set(row)
  })
  return picked
}
