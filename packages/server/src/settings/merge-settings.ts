import { type Issue, suggest } from '@som/core'
import { wrongWith } from './check-setting.ts'
import { type GivenSettings, SETTING_NAMES, SETTINGS, type Setting, type SettingValues } from './setting-table.ts'
import { flagOf, fromEnvironment, variableOf } from './setting-words.ts'

/** The settings of a file, which are checked, and what is wrong with the others. */
export interface SettingsFile {
  readonly path: string
  readonly values: GivenSettings
  readonly issues: readonly Issue[]
}

export interface MergedSettings {
  readonly values: SettingValues
  /** Of each setting that was given, by its flag: where. */
  readonly places: ReadonlyMap<string, string>
  readonly issues: readonly Issue[]
}

const NO_FILE: SettingsFile = { path: '', values: {}, issues: [] }

/**
 * A value for each setting: the one given, else that of the environment, else that of the file, else the default, which
 * also stands in for a wrong one.
 */
export function mergeSettings(
  given: GivenSettings,
  environment: NodeJS.ProcessEnv,
  file: SettingsFile = NO_FILE,
): MergedSettings {
  const issues: Issue[] = [...file.issues, ...unknownNames(given)]
  const places = new Map<string, string>()
  const entries = SETTING_NAMES.map((name) => {
    const setting = SETTINGS[name]
    const found = [
      { place: flagOf(name), value: given[name] },
      { place: variableOf(name), value: fromEnvironment(name, environment) },
      { place: `${file.path}.${name}`, value: file.values[name] },
    ].find(({ value }) => value !== undefined)
    if (found === undefined) return [name, withoutOne(setting)]
    places.set(flagOf(name), found.place)
    const message = wrongWith(setting, found.value)
    if (message === null) return [name, found.value]
    issues.push({ path: found.place, message })
    return [name, withoutOne(setting)]
  })
  // Each value was checked by the row of its name.
  return { values: Object.fromEntries(entries) as SettingValues, places, issues }
}

/** What holds if a setting is not given. */
function withoutOne(setting: Setting): unknown {
  if (setting.kind === 'switch') return false
  return setting.kind === 'list' ? [] : setting.default
}

function unknownNames(given: object): Issue[] {
  const unknown = Object.keys(given).filter((name) => !SETTING_NAMES.some((known) => known === name))
  return unknown.map((name) => {
    const near = suggest(name, SETTING_NAMES)
    return { path: name, message: near ? `no such setting; did you mean ${near}?` : 'no such setting' }
  })
}
