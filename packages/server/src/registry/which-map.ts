import type { Som } from '@som/core'
import type { Pool } from '../pool/pool.ts'
import { Refused } from '../problem.ts'
import { openModel, SMALL_MODEL } from './check-model.ts'
import type { Registry, Version, Which } from './registry.ts'

/** The selected version. Throws a `Refused` if there is none. */
export async function versionOf(registry: Registry, name: string, which: Which): Promise<Version> {
  const found = await registry.find(name, which)
  if (found) return found
  const said = 'version' in which ? `version ${which.version}` : `alias ${JSON.stringify(which.alias)}`
  throw new Refused(404, [{ path: 'name', message: `no ${said} of a map ${JSON.stringify(name)}` }])
}

/** The version with the alias `champion`, or else the newest. Throws a `Refused` if there is no such map. */
export async function usualVersion(registry: Registry, name: string): Promise<Version> {
  const champion = await registry.find(name, { alias: 'champion' })
  const found = champion ?? (await registry.versions(name))[0]
  if (found) return found
  throw new Refused(404, [{ path: 'name', message: `no map ${JSON.stringify(name)}` }])
}

/** The map of a version, whose file must be unchanged. A large one is checked in a thread. */
export async function readVersion(registry: Registry, version: Version, pool: Pool): Promise<Som> {
  const parts: Uint8Array[] = []
  for await (const part of registry.read(version)) parts.push(part)
  const bytes = joined(parts)
  const stored = { bytes, digest: version.digest, shown: `${version.name} version ${version.version}` }
  return bytes.length <= SMALL_MODEL ? openModel(stored) : pool.run('openModel', stored, { transfer: [bytes.buffer] })
}

/** The parts in memory of their own, which can be given away. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
