import type { Settings } from './settings.ts'

/** Settings as they may be shown: keys are counted. */
export function toldSettings({ keys, ...rest }: Settings): object {
  return { ...rest, keys: keys.length }
}
