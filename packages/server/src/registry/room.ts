import type { Data } from '../data/data.ts'
import type { Kept } from '../data/kept-files.ts'
import type { Caller } from '../keys/callers.ts'
import { Refused } from '../problem.ts'

type Stores = Pick<Data, 'registry' | 'tables'>

/** Keeps a table to train on, or throws a `Refused`. */
export type KeepTable = (parts: AsyncIterable<Uint8Array>, extension: string) => Promise<Kept>

/**
 * Refuses (403) a version of `bytes` more in the map `name` if the caller's limits leave no room for it. What counts is
 * all that is kept in the maps that its key may use, whoever put it there, and the key's own tables.
 */
export async function refuseWithoutRoom(data: Stores, caller: Caller, name: string, bytes: number): Promise<void> {
  const { maps: most } = caller.limits
  if ((await roomOf(data, caller)) < bytes) throw noRoomFor(caller)
  if (most === null) return
  const { maps } = await data.registry.kept(caller.maps)
  if (maps < most || (await data.registry.versions(name)).length > 0) return
  throw new Refused(403, [
    { path: 'name', message: `expected at most ${most} maps in the maps of this key, found ${maps + 1}` },
  ])
}

/** Keeps tables of at most `mostBytes` each for a caller, within the limits of its key. */
export function tableKeeper(data: Stores, caller: Caller, mostBytes: number): KeepTable {
  return async (parts, extension) => {
    const room = await roomOf(data, caller)
    if (room <= 0) throw noRoomFor(caller)
    const kept = await data.tables.keep(parts, extension, caller.id, Math.min(mostBytes, room))
    // Others of this key may have arrived meanwhile.
    if ((await roomOf(data, caller)) >= 0) return kept
    data.tables.disown(caller.id, kept.digest)
    throw noRoomFor(caller)
  }
}

/** The bytes that a caller's key may still keep; less than 0 where it keeps too many, infinite without a limit. */
async function roomOf({ registry, tables }: Stores, { id, maps, limits: { bytes } }: Caller): Promise<number> {
  if (bytes === null) return Number.POSITIVE_INFINITY
  return bytes - (await registry.kept(maps)).bytes - tables.bytesOf(id)
}

const noRoomFor = ({ limits: { bytes } }: Caller): Refused =>
  new Refused(403, [
    { path: '', message: `expected at most ${bytes} bytes in the maps and tables of this key, found more` },
  ])
