import {
  type Calibration,
  CELLS,
  type Clusters,
  DECAYS,
  DERIVATIONS,
  type Embedding,
  type Feature,
  KERNELS,
  type KernelName,
  LAYERED,
  LAYOUTS,
  type Lattice,
  type Layer,
  METRICS,
  type MetricName,
  PREPROCESSINGS,
  type Seen,
  SHAPES,
  type Target,
  TIME_PARTS,
  type TrainingRecord,
} from '@som/core'
import * as v from 'valibot'

/** A Som without its arrays, which are the file's tensors. Stored as JSON in the header. */
export interface Description {
  readonly features: readonly Feature[]
  readonly lattice: Lattice
  /** That of its layers where those are not one euclidean distance. */
  readonly metric: MetricName | typeof LAYERED
  readonly layers?: readonly Layer[]
  readonly kernel: KernelName
  readonly training: TrainingRecord
  /** Null while training is unfinished. */
  readonly seen: Omit<Seen, 'hits' | 'distances'> | null
  readonly clusters?: Omit<Clusters, 'of'>
  readonly calibration?: Omit<Calibration, 'distances' | 'counts'>
  readonly targets?: readonly DescribedTarget[]
  readonly embedding?: DescribedEmbedding
}

/** An embedding without its arrays. */
export interface DescribedEmbedding extends Pick<Embedding, 'layout' | 'rows'> {
  readonly repulsion: Pick<Embedding['repulsion'], 'x' | 'y' | 'cell'>
}

/** A target without its arrays. */
export type DescribedTarget = Target extends infer T
  ? T extends Target
    ? Omit<T, 'coefficients' | 'spread' | 'residuals'>
    : never
  : never

/** JSON cannot express these numbers, so they are written as text. */
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '-0': -0,
  Infinity: Infinity,
  '-Infinity': -Infinity,
}

/** A number, or the text that `toJson` writes for it. */
const number = v.union([
  v.number(),
  v.nan(),
  v.pipe(
    v.picklist(Object.keys(SPECIAL)),
    v.transform((name) => SPECIAL[name]),
  ),
])
const finite = v.pipe(number, v.finite())
const positive = v.pipe(finite, v.gtValue(0))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = v.string()

const schedule = v.object({ start: finite, end: finite, decay: v.picklist([...DECAYS, 'custom']) })

const training: v.GenericSchema<unknown, TrainingRecord> = v.object({
  rule: v.picklist(['batch', 'online', 'mini-batch']),
  phases: v.array(v.object({ epochs: count, radius: schedule, learningRate: schedule })),
  batchSize: v.optional(count),
  order: v.picklist(['shuffled', 'sequential']),
  stop: v.optional(v.object({ patience: count, tolerance: finite })),
  decayPer: v.picklist(['step', 'epoch']),
  seed: finite,
  initial: text,
  backend: text,
  version: text,
  rows: count,
  emptyRows: count,
  digest: text,
  leftOut: v.array(v.object({ name: text, reason: text })),
  history: v.array(
    v.object({
      epoch: count,
      radius: finite,
      learningRate: finite,
      endRadius: v.optional(finite),
      quantizationError: number,
      movement: v.optional(number),
    }),
  ),
  unfinished: v.optional(v.object({ epoch: count, step: count, distance: finite, weight: finite })),
  ended: v.picklist(['epochs', 'still', 'cancelled']),
  streamed: v.optional(count),
})

const lattice: v.GenericSchema<unknown, Lattice> = v.pipe(
  v.object({
    cell: v.picklist(CELLS),
    shape: v.picklist(SHAPES),
    rows: v.pipe(count, v.minValue(1)),
    columns: v.pipe(count, v.minValue(1)),
  }),
  v.check(
    ({ cell, shape, rows }) => cell === 'rectangular' || shape === 'sheet' || rows % 2 === 0,
    'a hexagonal lattice that wraps needs an even number of rows',
  ),
)

const feature: v.GenericSchema<unknown, Feature> = v.object({
  name: v.pipe(text, v.minLength(1)),
  preprocessing: v.object({
    method: v.picklist(PREPROCESSINGS),
    cofactor: positive,
    centre: finite,
    scale: positive,
    factor: v.pipe(finite, v.minValue(0)),
  }),
  source: v.optional(
    v.union([v.object({ column: text, level: text }), v.object({ column: text, time: v.picklist(TIME_PARTS) })]),
  ),
  decimal: v.optional(v.literal(',')),
})

const clusters: v.GenericSchema<unknown, Omit<Clusters, 'of'>> = v.pipe(
  v.object({
    method: text,
    count,
    names: v.optional(v.array(text)),
    reach: v.optional(v.array(v.pipe(finite, v.minValue(0)))),
    seed: finite,
  }),
  v.check(({ count, names }) => names === undefined || names.length === count, 'expected a name for each cluster'),
  v.check(({ count, reach }) => reach === undefined || reach.length === count, 'expected a reach for each cluster'),
)

const calibration: v.GenericSchema<unknown, Omit<Calibration, 'distances' | 'counts'>> = v.pipe(
  v.object({
    columns: v.pipe(v.array(v.pipe(text, v.minLength(1))), v.minLength(1)),
    derived: v.array(v.object({ column: count, by: v.picklist(DERIVATIONS), steps: count })),
    time: v.optional(text),
    heldOut: v.picklist(['rows', 'blocks', 'given']),
    drift: v.object({ farther: finite, nearer: finite }),
    runs: v.array(v.object({ same: count, missing: count })),
    constants: v.optional(v.array(v.object({ column: count, value: finite, rows: v.optional(count) }))),
  }),
  v.check(({ columns, runs }) => runs.length === columns.length, 'expected the runs of each column'),
  v.check(
    ({ columns, constants = [] }) => constants.every(({ column }) => column < columns.length),
    'expected constants only of its own columns',
  ),
  v.check(
    ({ columns, derived }) => derived.every(({ column }) => column < columns.length),
    'expected features only of its own columns',
  ),
)

const fitted = {
  name: v.pipe(text, v.minLength(1)),
  rows: v.pipe(count, v.minValue(1)),
  settings: v.object({
    radius: positive,
    ridge: positive,
    nearest: v.pipe(count, v.minValue(1), v.maxValue(32)),
    squares: v.boolean(),
  }),
  heldOut: finite,
}

const targets: v.GenericSchema<unknown, readonly DescribedTarget[]> = v.pipe(
  v.array(
    v.union([
      v.object({
        kind: v.literal('class'),
        ...fitted,
        classes: v.pipe(
          v.array(text),
          v.minLength(2),
          v.check((classes) => new Set(classes).size === classes.length, 'classes must be different'),
        ),
        temperature: positive,
        unlabelled: v.optional(count),
      }),
      v.object({ kind: v.literal('number'), ...fitted, mean: finite, deviation: positive }),
    ]),
  ),
  v.minLength(1),
  v.check((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names of targets must be unique'),
)

const embedding: v.GenericSchema<unknown, DescribedEmbedding> = v.object({
  layout: v.picklist(LAYOUTS),
  rows: count,
  repulsion: v.object({ x: finite, y: finite, cell: positive }),
})

const layers: v.GenericSchema<unknown, readonly Layer[]> = v.pipe(
  v.array(
    v.object({
      name: v.pipe(text, v.minLength(1)),
      features: v.pipe(v.array(text), v.minLength(1)),
      metric: v.picklist(METRICS),
      weight: v.pipe(finite, v.minValue(0)),
      scale: positive,
    }),
  ),
  v.minLength(1),
  v.check((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names of layers must be unique'),
)

/** The schema of the JSON in a model file. Unknown keys are dropped. */
export const descriptionSchema: v.GenericSchema<unknown, Description> = v.object({
  features: v.pipe(
    v.array(feature),
    v.minLength(1),
    v.check((features) => new Set(features.map(({ name }) => name)).size === features.length, 'names must be unique'),
  ),
  lattice,
  metric: v.picklist([...METRICS, LAYERED]),
  layers: v.optional(layers),
  kernel: v.picklist(KERNELS),
  training,
  seen: v.nullable(
    v.object({ quantizationError: number, topographicError: number, neighbours: v.picklist([4, 6, 8]) }),
  ),
  clusters: v.optional(clusters),
  calibration: v.optional(calibration),
  targets: v.optional(targets),
  embedding: v.optional(embedding),
})

/** A tensor's place in the file, in the safetensors header. */
export interface TensorEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

export const tensorSchema: v.GenericSchema<unknown, TensorEntry> = v.object({
  dtype: text,
  shape: v.array(count),
  data_offsets: v.tuple([count, count]),
})

/** JSON that preserves every number. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'number') return part
    if (Object.is(part, -0)) return '-0'
    return Number.isFinite(part) ? part : String(part)
  })
}

/** valibot's issues as ours. */
export function schemaIssues(
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): { path: string; message: string }[] {
  return issues.map((issue) => ({
    path: v.getDotPath(issue) ?? '',
    message: issue.message
      .replace(/^Invalid [^:]+: /, '')
      .replace(/^Expected/, 'expected')
      .replace(' but received', ', found'),
  }))
}
