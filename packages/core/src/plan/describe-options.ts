import {
  LAYER_SENTENCES,
  type LayerPath,
  OPTION_SENTENCES,
  type OptionPath,
  type OptionSentence,
} from './option-sentences.ts'
import { OPTIONS, type Option } from './option-table.ts'

/** An option as people read it. */
export interface DescribedOption extends OptionSentence {
  readonly path: OptionPath | LayerPath
  /** The names that it may have, or its kind of number and its range. */
  readonly values: string
  readonly default: string
}

/** Every option that a file or a request can hold, in the order of the table. */
export function describeOptions(): readonly (DescribedOption & { readonly path: OptionPath })[] {
  return pathsIn(OPTIONS)
    .filter(isDescribed)
    .map((path) => ({ ...describeOption(path), path }))
}

/** An option in words. */
export function describeOption(path: OptionPath | LayerPath): DescribedOption {
  const option = optionAt(path)
  const sentence = SENTENCES[path]
  return { path, is: sentence.is, values: valuesOf(option), default: sentence.default ?? defaultOf(option) }
}

const SENTENCES: Readonly<Record<OptionPath | LayerPath, OptionSentence>> = { ...OPTION_SENTENCES, ...LAYER_SENTENCES }

/** The row of an option in the table. */
export function optionAt(path: OptionPath | LayerPath): Option {
  const [first, ...rest] = path.split('.')
  return rest.reduce<Option>(memberOf, rows[first])
}

const rows: Readonly<Record<string, Option>> = OPTIONS

function memberOf(option: Option, name: string): Option {
  const group = option.kind === 'list' ? option.each : option
  if (group.kind !== 'group') throw new Error(`expected a group of options that has ${name}, found ${option.kind}`)
  return group.of[name]
}

function pathsIn(options: Readonly<Record<string, Option>>): string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    option.kind === 'group' ? pathsIn(option.of).map((path) => `${name}.${path}`) : [name],
  )
}

const isDescribed = (path: string): path is OptionPath => path in OPTION_SENTENCES

function valuesOf(option: Option): string {
  if (option.kind === 'choice') return `${option.of.slice(0, -1).join(', ')} or ${option.of.at(-1)}`
  if (option.kind === 'named') return valuesOf(option.each)
  if (option.kind === 'integer') return `an integer ${rangeOf(option)}`
  if (option.kind === 'number') return `a number ${rangeOf(option)}`
  if (option.kind === 'text') return 'a name'
  if (option.kind === 'names') return `at least 1 ${option.noun}`
  return option.kind === 'list' ? `a list of { ${Object.keys(option.each.of).join(', ')} }` : ''
}

function rangeOf({ above, least, most }: { above?: number; least?: number; most?: number }): string {
  if (above !== undefined) return most === undefined ? `above ${above}` : `above ${above} and at most ${most}`
  return most === undefined ? `of at least ${least}` : `from ${least} to ${most}`
}

function defaultOf(option: Option): string {
  if (option.kind === 'named') return defaultOf(option.each)
  return 'default' in option ? String(option.default) : ''
}
