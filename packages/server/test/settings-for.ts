import { orThrow } from '@som/core'
import type { GivenSettings } from '../src/settings/setting-table.ts'
import { type Settings, settingsOf } from '../src/settings/settings.ts'

/** Settings of a test; throws where they cannot be. */
export function settingsFor(given: GivenSettings = {}, environment: NodeJS.ProcessEnv = {}): Settings {
  return orThrow(settingsOf({ model: 'map.som', ...given }, environment))
}
