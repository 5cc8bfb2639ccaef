import {
  CELLS,
  checkTrainOptions,
  DECAYS,
  INITIALS,
  type Issue,
  KERNELS,
  METRICS,
  notOneOf,
  PREPROCESSINGS,
  SETTLED_BY_FROM,
  SHAPES,
  TIME_USES,
  TRAINING_DEFAULTS,
  type TrainOptions,
} from '@som/core'
import type { ColumnChoice } from '@som/io'
import * as v from 'valibot'
import { listOf } from '../json/list-of.ts'
import type { Limits } from '../keys/limits.ts'
import { aliasSchema, nameSchema, tagsSchema } from '../registry/names.ts'
import type { Which } from '../registry/registry.ts'

/** Where the rows of a job come from. */
export type TableSource = { readonly upload: string } | { readonly path: string } | { readonly url: string }

/** Options of training that JSON can hold. */
export type JobOptions = Omit<TrainOptions, 'samples' | 'from' | 'resume'>

/** What a training job is asked for. */
export interface JobRequest {
  /** The map that the result is the next version of. */
  readonly map: string
  readonly table: TableSource
  readonly choice?: ColumnChoice
  readonly options?: JobOptions
  /** The version whose map training starts from. */
  readonly from?: { readonly name: string } & Which
  readonly alias?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly backend?: string
  /** Epochs after which the run is kept, so that it can go on from there. */
  readonly checkpointEvery?: number
}

const integer = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(integer, v.minValue(1))
const number = v.pipe(v.number(), v.finite())
/** Names of columns in a list: more than any table that a map is trained on has. */
const MOST_NAMES = 100_000
const names = listOf(v.string(), MOST_NAMES)
const schedule = v.strictObject({
  start: v.optional(number),
  end: v.optional(number),
  decay: v.optional(v.picklist(DECAYS)),
})
const phase = { epochs: v.optional(count), radius: v.optional(schedule), learningRate: v.optional(schedule) }
const lattice = v.strictObject({
  cell: v.optional(v.picklist(CELLS)),
  shape: v.optional(v.picklist(SHAPES)),
  rows: v.optional(count),
  columns: v.optional(count),
  units: v.optional(count),
})

export const jobSchema: v.GenericSchema<unknown, JobRequest> = v.strictObject({
  map: nameSchema,
  table: v.union([
    v.strictObject({
      upload: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected the digest that an upload gave')),
    }),
    v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
    v.strictObject({ url: v.pipe(v.string(), v.maxLength(4096)) }),
  ]),
  choice: v.optional(
    v.strictObject({
      columns: v.optional(names),
      exclude: v.optional(names),
      categories: v.optional(names),
      times: v.optional(v.record(v.string(), listOf(v.picklist(TIME_USES), TIME_USES.length))),
      label: v.optional(v.string()),
      id: v.optional(v.string()),
      weight: v.optional(v.string()),
    }),
  ),
  options: v.optional(
    v.strictObject({
      ...phase,
      lattice: v.optional(lattice),
      metric: v.optional(v.picklist(METRICS)),
      kernel: v.optional(v.picklist(KERNELS)),
      rule: v.optional(v.picklist(['batch', 'online', 'mini-batch'])),
      phases: v.optional(v.pipe(listOf(v.strictObject(phase), 100), v.minLength(1))),
      batchSize: v.optional(count),
      order: v.optional(v.picklist(['shuffled', 'sequential'])),
      decayPer: v.optional(v.picklist(['step', 'epoch'])),
      initial: v.optional(v.picklist(INITIALS)),
      preprocessing: v.optional(
        v.union([v.picklist(PREPROCESSINGS), v.record(v.string(), v.picklist(PREPROCESSINGS))]),
      ),
      cofactor: v.optional(number),
      featureWeights: v.optional(v.record(v.string(), number)),
      seed: v.optional(v.pipe(integer, v.minValue(0))),
      stop: v.optional(v.strictObject({ patience: v.optional(count), tolerance: v.optional(number) })),
    }),
  ),
  from: v.optional(
    v.union([
      v.strictObject({ name: nameSchema, version: count }),
      v.strictObject({ name: nameSchema, alias: aliasSchema }),
    ]),
  ),
  alias: v.optional(aliasSchema),
  tags: v.optional(tagsSchema),
  backend: v.optional(v.pipe(v.string(), v.maxLength(64))),
  checkpointEvery: v.optional(count),
})

/** What else is wrong with a request: what core says of its options, backends that there are not, and the caller's limits. */
export function jobIssues(request: JobRequest, backends: readonly string[], limits: Limits): Issue[] {
  const { options = {}, from, backend, choice = {} } = request
  const issues = checkTrainOptions(options).map(({ path, message }) => ({ path: `options.${path}`, message }))
  if (from) {
    for (const name of SETTLED_BY_FROM) {
      if (options[name] !== undefined)
        issues.push({ path: `options.${name}`, message: 'comes from the map that training starts from; leave it out' })
    }
    for (const name of ['columns', 'exclude', 'categories', 'times'] as const) {
      if (choice[name] !== undefined)
        issues.push({ path: `choice.${name}`, message: 'comes from the map that training starts from; leave it out' })
    }
  }
  if (backend !== undefined && !backends.includes(backend))
    issues.push({
      path: 'backend',
      message: notOneOf(backend, backends),
    })
  const { rows, columns, units: about = 0 } = options.lattice ?? {}
  const units = Math.max(about, (rows ?? 0) * (columns ?? 0))
  if (units > limits.units)
    issues.push({ path: 'options.lattice', message: `expected at most ${limits.units} units, found ${units}` })
  const phases = options.phases ?? [options]
  const epochs = phases.reduce((sum, { epochs = TRAINING_DEFAULTS.epochs }) => sum + epochs, 0)
  if (epochs > limits.epochs)
    issues.push({ path: 'options.epochs', message: `expected at most ${limits.epochs} epochs, found ${epochs}` })
  return issues
}
