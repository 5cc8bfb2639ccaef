import { readConfig } from '../command/config.ts'
import { settingOptions } from '../program/serve-options.ts'
import type { SettingsFile } from './merge-settings.ts'
import type { GivenSettings } from './setting-table.ts'

/** Reads and checks the settings of a server in JSON, by the names of the table: `{"data": "maps", "port": 8080}`. */
export function readSettings(path: string): SettingsFile {
  // API keys cannot be set in a file: they come from the environment or the data folder.
  const { values, issues } = readConfig(path, settingOptions())
  // Each value was checked by the row of its name.
  return { path, values: values as GivenSettings, issues }
}
