import { checkTrainOptions, type Issue, notOneOf, show, TIME_USES } from '@som/core'
import { OPTIONS } from '@som/core/options'
import type { ColumnChoice, TargetChoice } from '@som/io'
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
  /** Columns that the map is to predict from the others; of the kind that their cells are, where none is given. */
  readonly targets?: readonly TargetChoice[]
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
/** The message of a choice among objects. */
const oneOf =
  (forms: string) =>
  ({ input }: v.BaseIssue<unknown>): string =>
    `expected ${forms}, found ${show(input)}`
/** Limit on the column names in a list: more than any training table has. */
const MOST_NAMES = 100_000
/** Limit on the targets of a map. */
const MOST_TARGETS = 64
const names = listOf(v.string(), MOST_NAMES)

export const jobSchema: v.GenericSchema<unknown, JobRequest> = v.strictObject({
  map: nameSchema,
  table: v.union(
    [
      v.strictObject({
        upload: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected the digest that an upload gave')),
      }),
      v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
      v.strictObject({ url: v.pipe(v.string(), v.maxLength(4096)) }),
    ],
    oneOf('{"upload": digest}, {"path": file} or {"url": address}'),
  ),
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
  targets: v.optional(
    v.pipe(
      listOf(
        v.strictObject({
          name: v.pipe(v.string(), v.minLength(1)),
          kind: v.optional(v.picklist(['class', 'number'])),
        }),
        MOST_TARGETS,
      ),
      v.minLength(1, 'expected at least 1 target, found none'),
      v.description('Columns to predict from the others, by models that are fitted once the map is trained.'),
    ),
  ),
  options: v.optional(optionSchema),
  from: v.optional(
    v.union(
      [v.strictObject({ name: nameSchema, version: count }), v.strictObject({ name: nameSchema, alias: aliasSchema })],
      oneOf('{"name": map, "version": number} or {"name": map, "alias": name}'),
    ),
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
