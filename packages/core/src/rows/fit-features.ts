import type { Issues } from '../issue.ts'
import type { Metric } from '../map/distance.ts'
import type { Layer } from '../map/layers.ts'
import type { Feature } from '../som.ts'
import type { TrainingRecord } from '../training-record.ts'
import { type FeatureSource, hasScale } from './feature-source.ts'
import { type ColumnsFitting, columnsFitting, type FittingPass, type Part } from './fit-columns.ts'
import type { Matrix } from './matrix.ts'
import { factorOf, type PreprocessingName, usualPreprocessing } from './preprocessing.ts'
import type { Samples } from './samples.ts'
import { layerOf, type WantedLayer } from './wanted-layer.ts'

/** How to preprocess training rows. */
export interface Preparation {
  readonly metric: Metric
  /** The method for every feature, or for some by name; the usual one of their metric for the rest. */
  readonly preprocessing: PreprocessingName | undefined | Readonly<Record<string, PreprocessingName>>
  readonly cofactor: number
  readonly featureWeights: Readonly<Record<string, number>>
  readonly layers?: {
    readonly wanted: readonly WantedLayer[]
    /** Draws the rows between which the mean distance of a layer is taken. */
    readonly seed: number
    /** Prototypes in place of those rows. */
    readonly codebook?: Matrix
  }
}

/** The features of a map with their fitted preprocessing, and those left out. */
export interface Fitted {
  readonly features: readonly Feature[]
  readonly leftOut: TrainingRecord['leftOut']
  /** Its layers, if it has some. */
  readonly layers?: readonly Layer[]
}

/** Fits the preprocessing of every feature to rows that arrive part by part: rows in memory are one part. */
export interface FeaturesFitting extends Omit<FittingPass, 'seek'> {
  /** The rows that follow begin this chunk, and are numbered from `row` on in messages. */
  seek(chunk: number, row: number): void
  add(part: Part): void
  /** Ends a pass; true if another pass over the same rows is needed. */
  again(): boolean
  /** A constant or entirely missing feature is left out and recorded; it is an issue if no feature remains. */
  done(): Fitted | null
}

export function featuresFitting(
  { features, sources, decimal }: Pick<Samples, 'features' | 'sources' | 'decimal'>,
  how: Preparation,
  issues: Issues,
): FeaturesFitting {
  const methods = features.map((name, f) => methodFor(how, name, sources?.[f]))
  const fitting = columnsFitting(methods, how.cofactor)
  const refused = new Set<number>()
  let row = 0
  let isFirst = true

  const checkLog = ({ rows, data, weights }: Part, f: number): void => {
    for (let i = 0; i < rows && !refused.has(f); i++) {
      const x = data[i * features.length + f]
      if (!(x <= -1) || weights?.[i] === 0) continue
      refused.add(f)
      issues.add(features[f], `log: row ${row + i + 1}: expected a value above -1 for ln(1 + x), found ${x}`)
    }
  }

  return {
    ...fitting,
    seek(chunk, next) {
      fitting.seek(chunk)
      row = next
    },
    add(part) {
      if (isFirst) {
        methods.forEach((method, f) => {
          if (method === 'log') checkLog(part, f)
        })
      }
      fitting.add(part)
      row += part.rows
    },
    again() {
      isFirst = false
      return refused.size === 0 && fitting.again()
    },
    done: () => fittedOf({ features, sources, decimal }, how, fitting, issues),
  }
}

function fittedOf(
  samples: Pick<Samples, 'features' | 'sources' | 'decimal'>,
  how: Preparation,
  fitting: ColumnsFitting,
  issues: Issues,
): Fitted | null {
  if (issues.list.length > 0) return null
  const features: Feature[] = []
  const leftOut: { name: string; reason: string }[] = []
  samples.features.forEach((name, f) => {
    const source = samples.sources?.[f]
    const preprocessing = fitting.done(f, factorFor(how, name, source))
    if (!fitting.isFound(f)) leftOut.push({ name, reason: 'missing in every row' })
    // Unscaled numbers may well be constant (the border of an image); scaled ones would be divided by 0.
    else if (!(preprocessing.scale > 0)) leftOut.push({ name, reason: 'the same in every row' })
    else
      features.push({ name, preprocessing, ...(source ? { source } : samples.decimal && { decimal: samples.decimal }) })
  })
  if (features.length > 0) return { features, leftOut }
  const reasons = leftOut.slice(0, 10).map(({ name, reason }) => `${name} is ${reason}`)
  issues.add('samples', `expected a feature that varies, found none: ${reasons.join('; ')}`)
  return null
}

/**
 * The method for a feature: its own, that of its layer, or that of all. A feature with its own scale stays unchanged
 * unless one of the first two was chosen.
 */
export function methodFor(how: Preparation, name: string, source: FeatureSource | undefined): PreprocessingName {
  const { preprocessing: given, layers } = how
  const chosen =
    (given !== undefined && typeof given !== 'string' ? own(given, name, source) : undefined) ??
    layerOf(layers?.wanted ?? [], name, source?.column)?.preprocessing
  if (chosen !== undefined) return chosen
  if (hasScale(source)) return 'none'
  return typeof given === 'string' ? given : usualPreprocessing(metricFor(how, name, source))
}

/** How much a feature counts, as a factor on its values. */
function factorFor(how: Preparation, name: string, source: FeatureSource | undefined): number {
  return factorOf(own(how.featureWeights, name, source) ?? 1, metricFor(how, name, source))
}

/** The metric of a feature: that of its layer, or of the map. */
function metricFor(how: Preparation, name: string, source: FeatureSource | undefined): Metric {
  return how.layers ? (layerOf(how.layers.wanted, name, source?.column)?.metric ?? 'euclidean') : how.metric
}

/** The setting for a feature, by its own name or that of its column. */
function own<T>(byName: Readonly<Record<string, T>>, name: string, source: FeatureSource | undefined): T | undefined {
  // A column may have the name of a built-in property, such as `constructor`.
  const of = (key: string): T | undefined => (Object.hasOwn(byName, key) ? byName[key] : undefined)
  return of(name) ?? (source && of(source.column))
}
