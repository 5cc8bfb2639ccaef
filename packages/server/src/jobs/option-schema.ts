import type { TrainOptions } from '@som/core'
import {
  describeOption,
  type IntegerOption,
  type NamedOption,
  type NumberOption,
  OPTIONS,
  type Option,
  type OptionPath,
} from '@som/core/options'
import * as v from 'valibot'
import { listOf } from '../json/list-of.ts'

type Schema = v.GenericSchema<unknown, unknown>

/** Options of training that JSON can hold. */
export type JobOptions = Omit<TrainOptions, 'samples' | 'from' | 'resume'>

/** The most groups of options that a request may list: phases of training, or layers. */
const MOST_LISTED = 100
/** The most features of a layer. */
const MOST_NAMES = 100_000

const nameSchema = v.pipe(v.string(), v.minLength(1))

/** The schema of `JobOptions`, made of core's table of options; core checks what it checks together. */
// The table has every option of TrainOptions, and the schema lets through what the table does.
export const optionSchema: v.GenericSchema<unknown, JobOptions> = groupOf(OPTIONS, '') as v.GenericSchema<
  unknown,
  JobOptions
>

function groupOf(options: Readonly<Record<string, Option>>, path: string): Schema {
  const entries = Object.entries(options).filter(([, option]) => option.kind !== 'object')
  return v.strictObject(
    Object.fromEntries(
      entries.map(([name, option]) => {
        const schema = schemaOf(option, `${path}${name}`)
        return [name, option.kind === 'text' || option.kind === 'names' ? schema : v.optional(schema)]
      }),
    ),
  )
}

/** `path` is where the option stands in the table; those of a phase have the names of those of a run. */
function schemaOf(option: Option, path: string): Schema {
  if (option.kind === 'group') return groupOf(option.of, `${path}.`)
  // Every path that ends here is one: a group leads on, and `object` options were left out.
  const { is, values, default: usual } = describeOption(path as OptionPath)
  // The options of a phase are described as those of a run.
  const within = path === 'layers' ? `${path}.` : ''
  return v.pipe(schemaOfValue(option, values, within), v.description(usual === '' ? is : `${is} (default: ${usual})`))
}

function schemaOfValue(option: Option, values: string, within = ''): Schema {
  switch (option.kind) {
    case 'choice':
      return v.picklist(option.of)
    case 'named':
      return namedOf(option, schemaOfValue(option.each, values))
    case 'list':
      return v.pipe(listOf(groupOf(option.each.of, within), MOST_LISTED), v.minLength(1))
    case 'text':
      return nameSchema
    case 'names':
      return v.pipe(listOf(nameSchema, MOST_NAMES), v.minLength(1))
    case 'integer':
    case 'number':
      return numberOf(option, values)
    default:
      throw new Error(`no request can hold an option of kind ${option.kind}`)
  }
}

function namedOf({ all }: NamedOption, each: Schema): Schema {
  const byName = v.record(v.string(), each)
  return all ? v.union([each, byName]) : byName
}

function numberOf(option: IntegerOption | NumberOption, values: string): Schema {
  const wanted = ({ received }: v.BaseIssue<unknown>): string => `expected ${values}, found ${received}`
  const { kind, least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = option
  const range = v.pipe(v.number(), v.minValue(least, wanted), v.maxValue(most, wanted))
  if (kind === 'integer') return v.pipe(range, v.safeInteger())
  return option.above === undefined
    ? v.pipe(range, v.finite())
    : v.pipe(range, v.finite(), v.gtValue(option.above, wanted))
}
