import { orThrow } from '@som/core'
import { type Settings, settingsOf } from '../src/settings.ts'
import type { Written } from '../src/settings-written.ts'

/** Settings of a test; throws where they cannot be. */
export function settingsFor(written: Written = {}, environment: NodeJS.ProcessEnv = {}): Settings {
  return orThrow(settingsOf({ model: 'map.som', ...written }, environment))
}
