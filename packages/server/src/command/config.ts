import { readFileSync } from 'node:fs'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { type Issue, notOneOf, suggest } from '@som/core'
import { COLOURS, chooseColour } from '../program/colour.ts'
import { wrongWith } from '../settings/check-setting.ts'
import type { Setting } from '../settings/setting-table.ts'

/** Of an option what decides how a file may set it. */
export interface Settable {
  readonly flags: string
  /** Whether it takes a value. */
  readonly required: boolean
  readonly parseArg?: unknown
  /** The row of a server's setting, by which its value is checked as it is. */
  readonly setting?: Setting
  attributeName(): string
}

/**
 * What a file of settings holds for the options of a command, as their flags would have been read, and what is wrong
 * with it.
 */
export interface Config {
  readonly values: Readonly<Record<string, unknown>>
  readonly issues: readonly Issue[]
}

/** Options that are not for a file: what names it, and what is answered at once. */
const NOT_IN_FILES = ['config', 'help', 'version']
/** What a value is called in the help where it may be a number. */
const NUMBERS = /<(n|bytes|number|share|seconds|epochs|steps|rows|units|0\|1)>/

/**
 * Reads settings as JSON: `{"data": "maps", "port": 8080}`, named as the options are, in one word. Their values are
 * checked with those of other places.
 */
export function readConfig(path: string, options: readonly Settable[]): Config {
  const wrong = (message: string): Config => ({ values: {}, issues: [{ path, message }] })
  let given: unknown
  try {
    given = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return wrong(`expected a file of settings in JSON, found: ${why.slice(0, 200)}`)
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrong('expected an object of settings')
  const known = new Map(options.map((option) => [option.attributeName(), option]))
  for (const name of NOT_IN_FILES) known.delete(name)
  const issues: Issue[] = []
  const values = Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
    const option = known.get(name)
    const found = option === undefined ? noSuchSetting(name, [...known.keys()]) : readAs(value, option)
    if (!('wrong' in found)) return [[name, found.as]]
    issues.push({ path: `${path}.${name}`, message: found.wrong })
    return []
  })
  return { values: Object.fromEntries(values), issues }
}

function noSuchSetting(name: string, names: readonly string[]): { wrong: string } {
  const near = suggest(name, names)
  const hint = near === undefined ? `expected one of ${names.join(', ')}` : `did you mean ${near}?`
  return { wrong: `no such setting; ${hint}` }
}

/** A value of a file as its flag would have been read. */
function readAs(value: unknown, { flags, required, parseArg, setting }: Settable): { as: unknown } | { wrong: string } {
  if (setting !== undefined) {
    const one = setting.kind === 'list' && typeof value === 'string' ? [value] : value
    const wrong = wrongWith(setting, one)
    return wrong === null ? { as: one } : { wrong }
  }
  const found = `found ${JSON.stringify(value)?.slice(0, 100)}`
  if (!required) return typeof value === 'boolean' ? { as: value } : { wrong: `expected true or false, ${found}` }
  const takesNumbers = NUMBERS.test(flags)
  const isOne = (one: unknown): boolean => typeof one === 'string' || (takesNumbers && typeof one === 'number')
  const wanted = takesNumbers ? 'a number' : 'text'
  if (parseArg === undefined) return isOne(value) ? { as: String(value) } : { wrong: `expected ${wanted}, ${found}` }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.every(isOne) ? { as: list.map(String) } : { wrong: `expected ${wanted} or a list of that, ${found}` }
}

const issuesOf = new WeakMap<object, readonly Issue[]>()

/** What is wrong with the file of settings of a command, and with the options that every command has. */
export const issuesOfConfig = (command: object): readonly Issue[] => issuesOf.get(command) ?? []

/** Takes the settings of a command from the file of `--config`: those that neither a flag nor the environment gives. */
export function applyConfig(command: CommandUnknownOpts): void {
  const { config, color }: { config?: string; color?: string } = command.opts()
  const { values, issues } = config === undefined ? { values: {}, issues: [] } : readConfig(config, command.options)
  for (const [name, value] of Object.entries(values)) {
    if (command.getOptionValue(name) === undefined) command.setOptionValueWithSource(name, value, 'config')
  }
  const named = color ?? values.color
  const choice = COLOURS.find((one) => one === named)
  if (choice !== undefined) chooseColour(choice)
  const wrongColour = named !== undefined && choice === undefined
  const ofColour = wrongColour ? [{ path: '--color', message: notOneOf(String(named), COLOURS) }] : []
  issuesOf.set(command, [...issues, ...ofColour])
}
