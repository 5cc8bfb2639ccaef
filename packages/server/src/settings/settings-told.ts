import type { Settings } from './settings.ts'

/**
 * Settings as a server prints them at its start: keys are only counted, and a shared registry shows its address without
 * secrets.
 */
export function toldSettings({ keys, shared, ...rest }: Settings): object {
  if (shared === undefined) return { ...rest, keys: keys.length }
  const { host, pathname } = new URL(shared.registry)
  const { url, prefix } = shared.store
  return { ...rest, keys: keys.length, registry: `${host}${pathname}`, store: `${url}/${prefix}` }
}
