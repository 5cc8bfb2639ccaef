import { Command } from '@commander-js/extra-typings'
import type { Issue } from '@som/core'
import { readConfig } from './command/config.ts'
import { serveOptions } from './program/serve-options.ts'
import type { Written } from './settings-written.ts'

/** What a file of settings holds, and what is wrong with it. */
export interface SettingsFile {
  readonly written: Written
  readonly issues: readonly Issue[]
}

/** Reads the settings of a server as JSON: `{"data": "maps", "port": 8080}`, named as the flags are, in one word. Numbers are checked with those of other places. */
export function readSettings(path: string): SettingsFile {
  // Keys of callers are no settings of a file: they come by the environment, or from the data folder. So they are no options.
  return readConfig(path, serveOptions(new Command()).options)
}
