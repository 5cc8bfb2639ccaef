import Result from 'true-myth/result'
import { chunkRowsFor } from '../chunks/chunk-rows.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkFinite, ONLY_ZERO } from '../rows/check-samples.ts'
import { digesterOf } from '../rows/digest.ts'
import { NEEDS_ALL_VALUES } from '../rows/fit-columns.ts'
import { type Fitted, featuresFitting, methodFor, type Preparation } from '../rows/fit-features.ts'
import { type Matrix, matrix } from '../rows/matrix.ts'
import { momentsOf } from '../rows/moments.ts'
import { checkPlaces, placesOf } from '../rows/prepare.ts'
import { lookOf } from '../rows/rows-look.ts'
import { needScales, rowsForScales, settleLayers } from '../rows/settle-layers.ts'
import type { RowsStore, SamplePart, SampleParts } from '../rows/stored-rows.ts'
import { countEmptyRows, transform } from '../rows/transform.ts'
import { usedRows } from '../rows/used-rows.ts'
import { checkOptions } from './check-options.ts'
import { checkTraining, preparationOf } from './check-run.ts'
import { makePlan } from './make-plan.ts'
import type { TrainOptions } from './options.ts'
import type { StoredPlan } from './run-plan.ts'
import { startFrom } from './start.ts'

/** As TrainOptions, of samples that come in parts. */
export interface StoredOptions extends Omit<TrainOptions, 'samples'> {
  readonly samples: SampleParts
}

/** Opens a store for rows of so many columns, which are best read again in chunks of so many rows. */
export type OpenStore = (rows: number, columns: number, chunkRows: number) => Promise<RowsStore>

/**
 * As `plan`, of samples that memory does not hold: the batch rule alone, and every preprocessing but `robust`. Reads
 * the samples up to three times: twice to fit the preprocessing, means before deviations, and once to put the
 * preprocessed rows into a store, from which training then reads; once more for the scales of layers. The plan is that
 * of `plan`, to the bit; the map is that of rows in memory except for the rounding of sums, which are added chunk by
 * chunk: not even that where there is one chunk.
 */
export async function planStored(
  options: StoredOptions,
  openStore: OpenStore,
): Promise<Result<StoredPlan, readonly Issue[]>> {
  const issues = new Issues()
  const made = await planParts(options, openStore, issues)
  return made && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
}

async function planParts(
  { samples, ...rest }: StoredOptions,
  openStore: OpenStore,
  issues: Issues,
): Promise<StoredPlan | null> {
  const checked = checkOptions({ ...rest, samples: [] }, issues)
  if (checked === null) return null
  if (checked.rule !== 'batch') {
    issues.add('rule', `expected "batch" for rows that memory does not hold, found "${checked.rule}"`)
  }
  const { options, origin } = checked
  if (origin === undefined) checkTraining(options, samples, issues)
  const how = preparationOf(options)
  const found = origin
    ? { features: origin.features, leftOut: origin.training.leftOut, rows: await countUsed(samples) }
    : await fitParts(samples, how, issues)
  if (found === null || issues.list.length > 0) return null
  const from = placesOf(found, samples, true)
  checkPlaces(found, from, issues)
  if (issues.list.length > 0) return null
  const fitted = how.layers && !origin ? await withLayers(samples, found, how.layers, from, issues) : found
  if (issues.list.length > 0) return null
  const { rows } = fitted
  if (rows === 0) issues.add('samples.weights', ONLY_ZERO)
  if (issues.list.length > 0) return null
  const chunkRows = chunkRowsFor(fitted)
  const store = await openStore(rows, from.length, chunkRows)
  const kept = await keep(samples, { ...fitted, chunkRows }, from, store, issues)
  if (kept === null || issues.list.length > 0) return null
  const { stored, weights, moments, digest, emptyRows } = kept
  const look = lookOf(stored, weights, () => moments)
  const planned = makePlan(checked, { ...fitted, rows, digest, emptyRows }, startFrom(look), issues)
  return planned && { ...planned, stored, variance: moments.variance }
}

/** What was fitted, and how many rows have a weight above 0. */
interface FittedParts extends Fitted {
  readonly rows: number
}

/** Refuses preprocessing that cannot be fitted part by part. */
export function checkForParts(
  { features, sources }: Pick<SampleParts, 'features' | 'sources'>,
  how: Preparation,
  issues: Issues,
): void {
  features.forEach((name, f) => {
    const method = methodFor(how, name, sources?.[f])
    if (!NEEDS_ALL_VALUES.includes(method)) return
    issues.add(
      'preprocessing',
      `${name}: ${method} needs all values in memory; choose another method, or give more memory`,
    )
  })
}

/** Passes over the samples for the preprocessing of every feature. */
async function fitParts(samples: SampleParts, how: Preparation, issues: Issues): Promise<FittedParts | null> {
  checkForParts(samples, how, issues)
  if (issues.list.length > 0) return null
  const fitting = featuresFitting(samples, how, issues)
  let [before, used] = [0, 0]
  for await (const part of samples.parts()) {
    checkFinite({ features: samples.features, ...part }, issues, before)
    fitting.add(part)
    before += part.rows
    used += countIn(part)
  }
  while (used > 0 && issues.list.length === 0 && fitting.again()) {
    for await (const part of samples.parts()) fitting.add(part)
  }
  if (used === 0) return { features: [], leftOut: [], rows: 0 }
  const fitted = fitting.done()
  return fitted && { ...fitted, rows: used }
}

const countIn = ({ rows, weights }: SamplePart): number => usedRows(rows, weights)?.length ?? rows

/** The fitted features with their layers: one more pass over the samples where layers have no scale. */
async function withLayers(
  samples: SampleParts,
  fitted: FittedParts,
  { wanted, seed, codebook }: NonNullable<Preparation['layers']>,
  from: readonly number[],
  issues: Issues,
): Promise<FittedParts> {
  const isGiven = codebook?.columns === fitted.features.length
  const rows = !needScales(wanted)
    ? null
    : isGiven
      ? codebook
      : await pick(samples, fitted, rowsForScales(seed, fitted.rows), from, issues)
  return { ...settleLayers(wanted, fitted, rows, issues), rows: fitted.rows }
}

/** Some of the rows of a weight above 0, in ascending order, preprocessed. */
async function pick(
  samples: SampleParts,
  { features }: Fitted,
  chosen: Uint32Array,
  from: readonly number[],
  issues: Issues,
): Promise<Matrix> {
  const picked = matrix(chosen.length, features.length)
  let [next, passed, before] = [0, 0, 0]
  for await (const part of samples.parts()) {
    const used = usedRows(part.rows, part.weights)
    const count = used?.length ?? part.rows
    const last = chosen.findIndex((i) => i >= passed + count)
    const here = chosen.subarray(next, last < 0 ? chosen.length : last).map((i) => used?.[i - passed] ?? i - passed)
    const rows = transform({ features: samples.features, ...part }, features, from, issues, { used: here, before })
    if (rows !== null) picked.data.set(rows.matrix.data, next * features.length)
    next += here.length
    passed += count
    before += part.rows
  }
  return picked
}

/** How many rows have a weight above 0. */
async function countUsed(samples: SampleParts): Promise<number> {
  let count = 0
  for await (const part of samples.parts()) {
    if (part.weights === undefined) return samples.rows
    count += countIn(part)
  }
  return count
}

/** One pass over the samples that preprocesses them and puts them into the store. */
async function keep(
  samples: SampleParts,
  { features, rows, chunkRows }: FittedParts & { readonly chunkRows: number },
  from: readonly number[],
  store: RowsStore,
  issues: Issues,
) {
  const moments = momentsOf(features.length, chunkRows)
  const digester = digesterOf({ rows, columns: features.length }, chunkRows)
  let weights: Float32Array | undefined
  let emptyRows = 0
  let [before, at] = [0, 0]
  for await (const part of samples.parts()) {
    const used = usedRows(part.rows, part.weights)
    const ready = transform({ features: samples.features, ...part }, features, from, issues, { used, before })
    if (ready === null) return null
    before += part.rows
    if (ready.matrix.rows === 0) continue
    moments.add(ready.matrix.data, ready.weights)
    digester.add(ready)
    emptyRows += countEmptyRows(ready.matrix)
    if (ready.weights) {
      weights ??= new Float32Array(rows)
      weights.set(ready.weights, at)
    }
    at += ready.matrix.rows
    await store.put(ready)
  }
  return { stored: await store.done(), weights, moments: moments.done(), digest: digester.done(), emptyRows }
}
