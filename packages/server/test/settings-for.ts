import { type Settings, settingsOf, type Written } from '../src/settings.ts'

/** Settings of a test; throws where they cannot be. */
export function settingsFor(written: Written = {}, environment: NodeJS.ProcessEnv = {}): Settings {
  const found = settingsOf({ model: 'map.som', ...written }, environment)
  if ('host' in found) return found
  throw new Error(JSON.stringify(found))
}
