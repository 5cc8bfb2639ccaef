import { createHash } from 'node:crypto'
import type { Som } from '@som/core'
import { decodeModel } from '@som/io'
import { Refused } from '../problem.ts'
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

/** The map of a version, whose file must be unchanged. */
export async function readVersion(registry: Registry, version: Version): Promise<Som> {
  const parts: Uint8Array[] = []
  for await (const part of registry.read(version)) parts.push(part)
  const bytes = Buffer.concat(parts)
  const digest = createHash('sha256').update(bytes).digest('hex')
  const shown = `${version.name} version ${version.version}`
  if (digest !== version.digest)
    throw new Error(`${shown}: the file has changed since it was stored: its digest is ${digest}`)
  const som = decodeModel(bytes, shown)
  if (som.isErr) throw new Error(som.error.issues.map(({ message }) => message).join('; '))
  return som.value
}
