import type { MapNames } from '../keys/map-names.ts'
import type { Registry } from './registry.ts'

/** Maps among which one with an alias is looked for. */
const MOST = 100

/** The newest version of the first map of these names, for examples; null where none is kept. */
export async function exampleVersion(
  registry: Registry,
  within: MapNames,
): Promise<{ name: string; version: number } | null> {
  const [first] = await registry.maps({ limit: 1, within })
  return first ? { name: first.name, version: first.latest } : null
}

/** An alias of the first map that has one: `champion` where it is among them. */
export async function exampleAlias(
  registry: Registry,
  within: MapNames,
): Promise<{ name: string; alias: string } | null> {
  for (const { name, aliases } of await registry.maps({ limit: MOST, within })) {
    const [alias] = 'champion' in aliases ? ['champion'] : Object.keys(aliases)
    if (alias !== undefined) return { name, alias }
  }
  return null
}
