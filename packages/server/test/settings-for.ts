import { type Settings, settingsOf } from '../src/settings.ts'
import type { Written } from '../src/settings-written.ts'

/** Settings of a test; throws where they cannot be. */
export function settingsFor(written: Written = {}, environment: NodeJS.ProcessEnv = {}): Settings {
  const found = settingsOf({ model: 'map.som', ...written }, environment)
  if ('host' in found) return found
  throw new Error(JSON.stringify(found))
}
