import type Result from 'true-myth/result'
import type { Rows } from '../backend/backend.ts'
import { checkSom } from '../check-som.ts'
import { collectIssues } from '../collect-issues.ts'
import type { Issue, Issues } from '../issue.ts'
import type { Som } from '../som.ts'
import { checkSamples, type RowsInput, type SparseSamples } from './check-samples.ts'
import type { PreparedRows } from './exact-row.ts'
import { type Fitted, featuresFitting, type Preparation } from './fit-features.ts'
import { chooseRows, isSparse, type Matrix } from './matrix.ts'
import { type FeaturePreprocessing, toPreprocessed } from './preprocessing.ts'
import type { Samples } from './samples.ts'
import { needScales, rowsForScales, settleLayers } from './settle-layers.ts'
import { countEmptyRows, transform, weightsAt } from './transform.ts'
import { usedRows } from './used-rows.ts'

/** Training rows for backends, and the preprocessing fitted on them. */
export interface Prepared extends Fitted {
  readonly rows: Rows
  /** Rows with every feature missing: they match no unit. */
  readonly emptyRows: number
}

/** Fits each feature's preprocessing and applies it. Rows of weight 0 are ignored. */
export function prepareTraining(samples: Samples | SparseSamples, how: Preparation, issues: Issues): Prepared | null {
  if (isSparse(samples)) return prepareSparse(samples, how, issues)
  const fitting = featuresFitting(samples, how, issues)
  do fitting.add(samples)
  while (fitting.again())
  const features = fitting.done()
  if (features === null) return null
  const from = features.features.map(({ name }) => samples.features.indexOf(name))
  const used = usedRows(samples.rows, samples.weights)
  const fitted = how.layers ? withLayers(features, how.layers, samples, from, used, issues) : features
  if (fitted === null) return null
  const rows = transform(samples, fitted.features, from, issues, { used })
  return rows && { ...fitted, rows, emptyRows: countEmptyRows(rows.matrix) }
}

function withLayers(
  fitted: Fitted,
  { wanted, seed, codebook }: NonNullable<Preparation['layers']>,
  samples: Samples,
  from: readonly number[],
  used: Uint32Array | undefined,
  issues: Issues,
): Fitted | null {
  const looked = (): Matrix | null => {
    if (!needScales(wanted)) return null
    if (codebook?.columns === fitted.features.length) return codebook
    const chosen = rowsForScales(seed, used?.length ?? samples.rows).map((i) => used?.[i] ?? i)
    return transform(samples, fitted.features, from, issues, { used: chosen })?.matrix ?? null
  }
  const settled = settleLayers(wanted, fitted, looked(), issues)
  return issues.list.length > 0 ? null : settled
}

/** Preprocesses new rows like the training rows: features by name, or by position if the rows have no names. */
export function prepareRows(som: Pick<Som, 'features'>, input: RowsInput): Result<PreparedRows, readonly Issue[]> {
  return collectIssues((issues) => {
    if (!checkSom(som, issues, ['features'])) return null
    const samples = checkSamples(input, issues)
    const byName = hasNames(input)
    const rows = samples && alignRows(som, samples, byName, issues)
    if (samples === null || rows === null || isSparse(samples) || isSparse(rows.matrix)) return rows
    if (rows.matrix.data === samples.data) return rows
    const { data, features } = samples
    const from = placesOf(som, samples, byName)
    const exact = (i: number): Float64Array =>
      Float64Array.from(som.features, ({ preprocessing }, f) =>
        toPreprocessed(preprocessing, data[i * features.length + from[f]]),
      )
    return { ...rows, exact }
  })
}

/** Checked rows in the order of the Som's features, preprocessed as in training: the `used` ones, or all. */
export function alignRows(
  som: Pick<Som, 'features'>,
  samples: Samples | SparseSamples,
  byName: boolean,
  issues: Issues,
  used?: Uint32Array,
): Rows | null {
  if (isSparse(samples) || !byName) {
    const found = isSparse(samples) ? samples.columns : samples.features.length
    const wanted = som.features.length
    if (found !== wanted) issues.add('samples', `expected ${wanted} features as in training, found ${found}`)
    if (isSparse(samples) && som.features.some((feature) => feature.preprocessing.method !== 'none')) {
      issues.add('samples', 'expected dense rows: the features of this map are preprocessed, which fills zeros in')
    }
  }
  if (issues.list.length > 0) return null
  if (isSparse(samples)) return sparseRows(samples, used)
  const from = placesOf(som, samples, byName)
  checkPlaces(som, from, issues)
  return issues.list.length > 0 ? null : transform(samples, som.features, from, issues, { used })
}

/** The column of each of a map's features in the samples; -1 if it is not there. */
export function placesOf(som: Pick<Som, 'features'>, samples: Pick<Samples, 'features'>, byName: boolean): number[] {
  return som.features.map(({ name }, f) => (byName ? samples.features.indexOf(name) : f))
}

/** Adds an issue for each feature of a map that the samples lack. */
export function checkPlaces(som: Pick<Som, 'features'>, places: readonly number[], issues: Issues): void {
  som.features.forEach(({ name }, f) => {
    if (places[f] < 0) issues.add(name, 'this feature was in training but is not in these rows')
  })
}

function prepareSparse(samples: SparseSamples, how: Preparation, issues: Issues): Prepared | null {
  if (how.preprocessing !== 'none') {
    issues.add('preprocessing', 'expected "none" for sparse samples: centring would fill in their zeros')
    return null
  }
  const preprocessing: FeaturePreprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 }
  const features = Array.from({ length: samples.columns }, (_, f) => ({
    name: samples.names?.[f] ?? `feature ${f + 1}`,
    preprocessing,
  }))
  const rows = sparseRows(samples, usedRows(samples.rows, samples.weights))
  return { rows, features, leftOut: [], emptyRows: 0 }
}

function sparseRows({ weights, names: _, ...all }: SparseSamples, used: Uint32Array | undefined): Rows {
  if (weights === undefined) return { matrix: all }
  return used ? { matrix: chooseRows(all, used), weights: weightsAt(weights, used) } : { matrix: all, weights }
}

/** Whether rows came with feature names. */
export function hasNames(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'features' in input && input.features !== undefined
}
