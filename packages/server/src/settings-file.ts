import { Command } from '@commander-js/extra-typings'
import type { Issue } from '@som/core'
import { readConfig } from './command/config.ts'
import { serveOptions } from './program/serve-options.ts'
import type { Written } from './settings-written.ts'

/** The contents of a settings file, and its issues. */
export interface SettingsFile {
  readonly written: Written
  readonly issues: readonly Issue[]
}

/**
 * Reads the settings of a server as JSON: `{"data": "maps", "port": 8080}`, named as the flags are, in one word.
 * Numbers are checked with those of other places.
 */
export function readSettings(path: string): SettingsFile {
  // API keys cannot be set in a file: they come from the environment or the data folder. So they are not options.
  return readConfig(path, serveOptions(new Command()).options)
}
