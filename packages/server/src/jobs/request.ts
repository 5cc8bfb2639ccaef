import { checkTrainOptions, type Issue, notOneOf, TIME_USES } from '@som/core'
import { OPTIONS } from '@som/core/options'
import type { ColumnChoice } from '@som/io'
import * as v from 'valibot'
import { listOf } from '../json/list-of.ts'
import type { Limits } from '../keys/limits.ts'
import { aliasSchema, nameSchema, tagsSchema } from '../registry/names.ts'
import type { Which } from '../registry/registry.ts'
import { type JobOptions, optionSchema } from './option-schema.ts'

/** The source of a job's rows. */
export type TableSource = { readonly upload: string } | { readonly path: string } | { readonly url: string }

/** The request for a training job. */
export interface JobRequest {
  /** The map that gets the result as its next version. */
  readonly map: string
  readonly table: TableSource
  readonly choice?: ColumnChoice
  readonly options?: JobOptions
  /** The version whose map training starts from. */
  readonly from?: { readonly name: string } & Which
  readonly alias?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly backend?: string
  /** Epochs between checkpoints, from which the run can be resumed. */
  readonly checkpointEvery?: number
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
/** Limit on the column names in a list: more than any training table has. */
const MOST_NAMES = 100_000
const names = listOf(v.string(), MOST_NAMES)

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
  options: v.optional(optionSchema),
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

/**
 * What else is wrong with a request: issues that core finds in its options, unknown backends, and the caller's limits.
 */
export function jobIssues(request: JobRequest, backends: readonly string[], limits: Limits): Issue[] {
  const { options = {}, from, backend, choice = {} } = request
  const origin = from && 'from'
  const issues = checkTrainOptions(options, origin).map(({ path, message }) => ({ path: `options.${path}`, message }))
  if (from) {
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
  const epochs = phases.reduce((sum, { epochs = OPTIONS.epochs.default }) => sum + epochs, 0)
  if (epochs > limits.epochs)
    issues.push({ path: 'options.epochs', message: `expected at most ${limits.epochs} epochs, found ${epochs}` })
  return issues
}
