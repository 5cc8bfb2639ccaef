import type { Caller } from '../keys/callers.ts'
import { Refused } from '../problem.ts'
import type { Registry } from './registry.ts'

/**
 * Refuses (403) a version of `bytes` more in the map `name` if the caller's limits leave no room for it. What counts is
 * all that is kept in the maps that its key may use, whoever put it there.
 */
export async function refuseWithoutRoom(
  registry: Registry,
  { maps: names, limits: { bytes: mostBytes, maps: mostMaps } }: Caller,
  name: string,
  bytes: number,
): Promise<void> {
  if (mostBytes === null && mostMaps === null) return
  const kept = await registry.kept(names)
  const refuse = (most: number, what: string, found: number): never => {
    throw new Refused(403, [
      { path: 'name', message: `expected at most ${most} ${what} in the maps of this key, found ${found}` },
    ])
  }
  if (mostBytes !== null && kept.bytes + bytes > mostBytes) refuse(mostBytes, 'bytes', kept.bytes + bytes)
  if (mostMaps === null || kept.maps < mostMaps) return
  if ((await registry.versions(name)).length === 0) refuse(mostMaps, 'maps', kept.maps + 1)
}
