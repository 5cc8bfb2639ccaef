import Result from 'true-myth/result'
import type { Rows } from '../backend/backend.ts'
import { type Issue, Issues } from '../issue.ts'
import type { Metric } from '../map/distance.ts'
import type { Feature, Som } from '../som.ts'
import { checkSamples, type RowsInput } from './check-samples.ts'
import type { PreparedRows } from './exact-row.ts'
import { type FeatureSource, hasScale } from './feature-source.ts'
import { isSparse, type Matrix, matrix, type SparseMatrix } from './matrix.ts'
import {
  type FeaturePreprocessing,
  factorOf,
  fitPreprocessing,
  type PreprocessingName,
  toPreprocessed,
} from './preprocessing.ts'
import type { Samples } from './samples.ts'

/** How training rows are made ready. */
export interface Preparation {
  readonly metric: Metric
  /** The method for every feature, or for some by name (`z-score` for the rest). */
  readonly preprocessing: PreprocessingName | Readonly<Record<string, PreprocessingName>>
  readonly cofactor: number
  readonly featureWeights: Readonly<Record<string, number>>
}

/** Training rows as backends take them, and what was learnt in making them so. */
export interface Prepared {
  readonly rows: Rows
  readonly features: readonly Feature[]
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  /** Rows of which every feature is missing: they match no unit. */
  readonly emptyRows: number
}

/** Beyond this a number does not fit f32. */
const MOST_F32 = 3.4028234663852886e38

/** Fits each feature's preprocessing and applies it. A constant or all-missing feature is left out and said; an issue where none is left. */
export function prepareTraining(samples: Samples | SparseMatrix, how: Preparation, issues: Issues): Prepared | null {
  if (isSparse(samples)) return prepareSparse(samples, how, issues)
  const fitted = samples.features.map((name, f) => fitFeature(samples, name, f, how, issues))
  const kept = fitted.flatMap((fit, f) => ('feature' in fit ? [f] : []))
  const features = fitted.flatMap((fit) => ('feature' in fit ? [fit.feature] : []))
  const leftOut = fitted.flatMap((fit) => ('reason' in fit ? [{ name: fit.name, reason: fit.reason }] : []))
  if (features.length === 0) {
    const reasons = leftOut.slice(0, 10).map(({ name, reason }) => `${name} is ${reason}`)
    issues.add('samples', `expected a feature that varies, found none: ${reasons.join('; ')}`)
    return null
  }
  const rows = transform(samples, features, kept, issues)
  return rows && { rows, features, leftOut, emptyRows: countEmptyRows(rows.matrix) }
}

/** New rows as the training rows were treated: features by name, or by position where the rows have no names. */
export function prepareRows(som: Pick<Som, 'features'>, input: RowsInput): Result<PreparedRows, readonly Issue[]> {
  const issues = new Issues()
  const samples = checkSamples(input, issues)
  const byName = hasNames(input)
  const rows = samples && alignRows(som, samples, byName, issues)
  if (samples === null || rows === null || issues.list.length > 0) return Result.err(issues.list)
  if (isSparse(samples) || samples.data instanceof Float32Array) return Result.ok(rows)
  const { data, features } = samples
  const from = byName ? som.features.map(({ name }) => features.indexOf(name)) : Array.from(som.features.keys())
  const exact = (i: number): Float64Array =>
    Float64Array.from(som.features, ({ preprocessing }, f) =>
      toPreprocessed(preprocessing, data[i * features.length + from[f]]),
    )
  return Result.ok({ ...rows, exact })
}

/** Checked rows in the order of the Som's features, preprocessed as they were. */
export function alignRows(
  som: Pick<Som, 'features'>,
  samples: Samples | SparseMatrix,
  byName: boolean,
  issues: Issues,
): Rows | null {
  const wanted = som.features.length
  if (isSparse(samples) || !byName) {
    const found = isSparse(samples) ? samples.columns : samples.features.length
    if (found !== wanted) issues.add('samples', `expected ${wanted} features as in training, found ${found}`)
    if (isSparse(samples) && som.features.some((feature) => feature.preprocessing.method !== 'none')) {
      issues.add('samples', 'expected dense rows: the features of this map are preprocessed, which fills zeros in')
    }
    if (issues.list.length > 0) return null
    if (isSparse(samples)) return { matrix: samples }
    return transform(samples, som.features, Array.from(som.features.keys()), issues)
  }
  const positions = som.features.map((feature) => samples.features.indexOf(feature.name))
  som.features.forEach((feature, f) => {
    if (positions[f] < 0) issues.add(feature.name, `this feature was in training and is not in these rows`)
  })
  return issues.list.length > 0 ? null : transform(samples, som.features, positions, issues)
}

type Fit = { readonly feature: Feature } | { readonly name: string; readonly reason: string }

function fitFeature(samples: Samples, name: string, f: number, how: Preparation, issues: Issues): Fit {
  const values = new Float64Array(samples.rows)
  const columns = samples.features.length
  for (let i = 0; i < samples.rows; i++) values[i] = samples.data[i * columns + f]
  if (values.every(Number.isNaN)) return { name, reason: 'missing in every row' }

  const source = samples.sources?.[f]
  const method = methodFor(how, name, source)
  if (method === 'log') {
    const bad = values.findIndex((x) => x <= -1)
    if (bad >= 0) {
      issues.add(name, `log: row ${bad + 1}: expected a value above -1 for ln(1 + x), found ${values[bad]}`)
      return { name, reason: 'not fit for log' }
    }
  }
  const factor = factorFor(how, name, source)
  const preprocessing = fitPreprocessing(values, method, { cofactor: how.cofactor, factor })
  // Numbers taken as they are may well be constant (the border of an image); scaled ones would be divided by 0.
  if (!(preprocessing.scale > 0)) return { name, reason: 'the same in every row' }
  return { feature: { name, preprocessing, ...(source && { source }) } }
}

/** The method for a feature. What has a scale of its own is taken as it is where nothing else is said of it. */
export function methodFor(how: Preparation, name: string, source: FeatureSource | undefined): PreprocessingName {
  if (typeof how.preprocessing !== 'string') {
    const given = own(how.preprocessing, name, source)
    return given ?? (hasScale(source) ? 'none' : 'z-score')
  }
  return hasScale(source) ? 'none' : how.preprocessing
}

/** How much a feature counts, as a factor on its values. */
export function factorFor(how: Preparation, name: string, source: FeatureSource | undefined): number {
  return factorOf(own(how.featureWeights, name, source) ?? 1, how.metric)
}

/** What was given for a feature by its name, or by that of the column it was made of. */
function own<T>(byName: Readonly<Record<string, T>>, name: string, source: FeatureSource | undefined): T | undefined {
  // A column may be called as what every object has, `constructor` among it.
  const of = (key: string): T | undefined => (Object.hasOwn(byName, key) ? byName[key] : undefined)
  return of(name) ?? (source && of(source.column))
}

/** Rows preprocessed, their features from the columns `from`. `firstRow` is the number of rows before them, for messages. */
export function transform(
  samples: Pick<Samples, 'features' | 'rows' | 'data' | 'weights'>,
  features: readonly Feature[],
  from: readonly number[],
  issues: Issues,
  firstRow = 0,
): { readonly matrix: Matrix; readonly weights?: Float32Array } | null {
  const columns = samples.features.length
  const untouched = features.every((feature, f) => from[f] === f && isIdentity(feature.preprocessing))
  if (untouched && features.length === columns && samples.data instanceof Float32Array) {
    return { matrix: matrix(samples.rows, columns, samples.data), weights: samples.weights }
  }
  const out = matrix(samples.rows, features.length)
  for (let f = 0; f < features.length; f++) {
    const { preprocessing, name } = features[f]
    for (let i = 0; i < samples.rows; i++) {
      const x = samples.data[i * columns + from[f]]
      const y = toPreprocessed(preprocessing, x)
      if (Math.abs(y) > MOST_F32 || (Number.isNaN(y) && !Number.isNaN(x))) {
        issues.add(
          name,
          `row ${firstRow + i + 1}: ${x} is beyond what ${preprocessing.method} can bring into 32-bit range`,
        )
        break
      }
      out.data[i * features.length + f] = y
    }
  }
  return issues.list.length > 0 ? null : { matrix: out, weights: samples.weights }
}

function prepareSparse(samples: SparseMatrix, how: Preparation, issues: Issues): Prepared | null {
  if (how.preprocessing !== 'none') {
    issues.add('preprocessing', 'expected "none" for sparse samples: centring would fill their zeros in')
    return null
  }
  if (Object.keys(how.featureWeights).length > 0) {
    issues.add('featureWeights', 'expected none for sparse samples: scale their values instead')
    return null
  }
  const preprocessing: FeaturePreprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 }
  const features = Array.from({ length: samples.columns }, (_, f) => ({ name: `feature ${f + 1}`, preprocessing }))
  return { rows: { matrix: samples }, features, leftOut: [], emptyRows: 0 }
}

function isIdentity(p: FeaturePreprocessing): boolean {
  return p.method === 'none' && p.factor === 1
}

/** Rows of which every feature is missing. */
export function countEmptyRows(rows: Matrix | SparseMatrix): number {
  if (isSparse(rows)) return 0
  let empty = 0
  for (let i = 0; i < rows.rows; i++) {
    let f = 0
    while (f < rows.columns && Number.isNaN(rows.data[i * rows.columns + f])) f++
    if (f === rows.columns) empty++
  }
  return empty
}

/** Whether rows came with names of their own. */
export function hasNames(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'features' in input && input.features !== undefined
}
