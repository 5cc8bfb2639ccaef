import { SETTINGS, type Setting, type SettingName } from './setting-table.ts'

const inWords = (name: string, between: string): string =>
  name.replace(/[A-Z]/g, (letter) => `${between}${letter.toLowerCase()}`)

/** The flag of a setting: `--max-rows` for `maxRows`. */
export const flagOf = (name: SettingName): string => `--${inWords(name, '-')}`

/** Its variable in the environment: `SOM_MAX_ROWS`. */
export const variableOf = (name: SettingName): string => `SOM_${inWords(name, '_').toUpperCase()}`

/** What the environment has for a setting, as a value; undefined if nothing. Empty is nothing, except for a list. */
export function fromEnvironment(name: SettingName, environment: NodeJS.ProcessEnv): unknown {
  const text = environment[variableOf(name)]
  const setting: Setting = SETTINGS[name]
  if (text === undefined) return undefined
  if (setting.kind === 'list') return text.split(',').filter((word) => word.trim() !== '')
  return text === '' ? undefined : fromText(setting, text)
}

/** Text that is a flag's, else the environment's: for commands that share a setting with a server. */
export const textOf = (
  name: SettingName,
  flag: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined => flag ?? (environment[variableOf(name)] || undefined)

/** Text of a flag or the environment as a value; the text itself if it is not one, which the check then reports. */
export function fromText({ kind }: Setting, text: string): unknown {
  if (kind === 'switch') return /^(1|true|yes)$/i.test(text) ? true : /^(0|false|no)$/i.test(text) ? false : text
  if (kind !== 'integer' || text.trim() === '') return text
  const value = Number(text)
  return Number.isNaN(value) ? text : value
}

/** The default of a setting in words; empty if there is none. */
export function defaultOf(setting: Setting): string {
  if (setting.usual !== undefined) return setting.usual
  if (!('default' in setting) || setting.default === undefined) return ''
  return sized(setting, setting.default)
}

/** What a setting may be, in words. */
export function valuesOf(setting: Setting): string {
  if (setting.kind === 'integer') return `${sized(setting, setting.least)} to ${sized(setting, setting.most)}`
  if (setting.kind === 'choice') return setting.of.join(', ')
  if (setting.kind === 'switch') return 'true, false'
  return setting.kind === 'list' ? `a list: ${setting.takes}` : setting.takes
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

function sized(setting: Setting, value: number | string): string {
  if (setting.kind !== 'integer' || setting.takes !== 'bytes' || typeof value === 'string') return String(value)
  const power = UNITS.findLastIndex((_, i) => value % 1024 ** i === 0)
  return `${value / 1024 ** power} ${UNITS[power]}`
}
