import Result from 'true-myth/result'
import { type Issue, Issues } from '../issue.ts'
import { digesterOf } from '../rows/digest.ts'
import { countEmptyRows, factorFor, methodFor, type Preparation, transform } from '../rows/prepare.ts'
import { fittingOf, NEEDS_ALL_VALUES } from '../rows/preprocessing.ts'
import { momentsOf } from '../rows/rows-look.ts'
import type { RowsStore, SampleParts } from '../rows/stored-rows.ts'
import type { Feature } from '../som.ts'
import type { TrainingRecord } from '../training-record.ts'
import { complete, startFrom } from './complete.ts'
import { decide } from './decide.ts'
import type { TrainOptions } from './options.ts'
import type { StoredPlan } from './planned.ts'
import { checkNamed, preparationOf } from './settle.ts'

/** As TrainOptions, of samples that come in parts. */
export interface StoredOptions extends Omit<TrainOptions, 'samples'> {
  readonly samples: SampleParts
}

/**
 * As `plan`, of samples that memory does not hold: the batch rule alone, and every preprocessing but `robust`. Reads the samples twice, once to fit the preprocessing and
 * once to put the preprocessed rows into `store`, from which training then reads. The map is that of `plan`, but for the rounding of sums.
 */
export async function planStored(
  options: StoredOptions,
  store: (rows: number, columns: number) => Promise<RowsStore>,
): Promise<Result<StoredPlan, readonly Issue[]>> {
  const issues = new Issues()
  const made = await makePlan(options, store, issues)
  return made && issues.list.length === 0 ? Result.ok(made) : Result.err(issues.list)
}

async function makePlan(
  { samples, ...rest }: StoredOptions,
  store: (rows: number, columns: number) => Promise<RowsStore>,
  issues: Issues,
): Promise<StoredPlan | null> {
  const given = { ...rest, samples: [] }
  const decided = decide(given, issues)
  if (decided === null) return null
  if (decided.rule !== 'batch') {
    issues.add('rule', `expected "batch" for rows that memory does not hold, found "${decided.rule}"`)
  }
  const { options, origin } = decided
  if (origin === undefined) {
    if (samples.rows < 2) issues.add('samples', `expected at least 2 rows to train on, found ${samples.rows}`)
    const made = samples.sources?.flatMap((source) => source?.column ?? []) ?? []
    checkNamed(options, [...samples.features, ...made], issues)
  }
  const fitted =
    origin === undefined
      ? await fitFeatures(samples, preparationOf(options, 'z-score'), issues)
      : { features: origin.features, leftOut: origin.training.leftOut }
  if (fitted === null || issues.list.length > 0) return null
  const from = fitted.features.map(({ name }) => samples.features.indexOf(name))
  fitted.features.forEach(({ name }, f) => {
    if (from[f] < 0) issues.add(name, 'this feature was in training and is not in these rows')
  })
  if (issues.list.length > 0) return null
  const kept = await keep(samples, fitted.features, from, await store(samples.rows, from.length), issues)
  if (kept === null || issues.list.length > 0) return null
  const { stored, moments, digest, emptyRows } = kept
  const look = { ...stored, means: () => moments.means, ranges: () => moments }
  const planned = complete(decided, { ...fitted, rows: stored.rows, digest, emptyRows }, startFrom(look), issues)
  return planned && { ...planned, stored, variance: moments.variance() }
}

interface Fitted {
  readonly features: readonly Feature[]
  readonly leftOut: TrainingRecord['leftOut']
}

/** One pass over the samples for the preprocessing of every feature. */
async function fitFeatures(samples: SampleParts, how: Preparation, issues: Issues): Promise<Fitted | null> {
  const width = samples.features.length
  const methods = samples.features.map((name, f) => methodFor(how, name, samples.sources?.[f]))
  methods.forEach((method, f) => {
    if (NEEDS_ALL_VALUES.includes(method)) {
      issues.add(
        'preprocessing',
        `${samples.features[f]}: ${method} needs all values in memory; choose another method, or give more memory`,
      )
    }
  })
  if (issues.list.length > 0) return null
  const fittings = methods.map((method) => fittingOf(method, how))
  const told = new Set<number>()
  let row = 0
  for await (const { rows, data } of samples.parts()) {
    for (let f = 0; f < width; f++) {
      const fitting = fittings[f]
      const isLog = methods[f] === 'log'
      for (let i = 0; i < rows; i++) {
        const x = data[i * width + f]
        fitting.add(x)
        if (told.has(f) || !((isLog && x <= -1) || Math.abs(x) === Number.POSITIVE_INFINITY)) continue
        told.add(f)
        const found = isLog
          ? 'log: expected a value above -1 for ln(1 + x)'
          : 'expected a finite number or a missing value'
        issues.add(samples.features[f], `row ${row + i + 1}: ${found}, found ${x}`)
      }
    }
    row += rows
  }
  return issues.list.length > 0 ? null : fittedOf(samples, how, fittings, issues)
}

function fittedOf(
  samples: SampleParts,
  how: Preparation,
  fittings: readonly ReturnType<typeof fittingOf>[],
  issues: Issues,
): Fitted | null {
  const features: Feature[] = []
  const leftOut: { name: string; reason: string }[] = []
  samples.features.forEach((name, f) => {
    const source = samples.sources?.[f]
    const preprocessing = fittings[f].done(factorFor(how, name, source))
    if (fittings[f].count() === 0) leftOut.push({ name, reason: 'missing in every row' })
    else if (!(preprocessing.scale > 0)) leftOut.push({ name, reason: 'the same in every row' })
    else features.push({ name, preprocessing, ...(source && { source }) })
  })
  if (features.length > 0) return { features, leftOut }
  const reasons = leftOut.slice(0, 10).map(({ name, reason }) => `${name} is ${reason}`)
  issues.add('samples', `expected a feature that varies, found none: ${reasons.join('; ')}`)
  return null
}

/** One pass over the samples that preprocesses them and puts them into the store. */
async function keep(
  samples: SampleParts,
  features: readonly Feature[],
  from: readonly number[],
  store: RowsStore,
  issues: Issues,
) {
  const moments = momentsOf(features.length)
  const digester = digesterOf({ rows: samples.rows, columns: features.length })
  let emptyRows = 0
  let weighted = 0
  let row = 0
  for await (const part of samples.parts()) {
    const rows = transform({ features: samples.features, ...part }, features, from, issues, row)
    if (rows === null) return null
    moments.add(rows.matrix.data)
    digester.add(rows)
    emptyRows += countEmptyRows(rows.matrix)
    weighted += rows.weights?.reduce((sum, weight) => sum + weight, 0) ?? rows.matrix.rows
    row += part.rows
    await store.put(rows)
  }
  if (weighted === 0) issues.add('samples.weights', 'expected a weight above 0, found only 0')
  return { stored: await store.done(), moments, digest: digester.done(), emptyRows }
}
