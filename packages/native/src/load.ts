import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import Result from 'true-myth/result'
import type { Addon } from './addon.ts'
import { damageOf } from './damage.ts'
import { hostTriple, TRIPLES } from './platform.ts'

/** An addon, and its file. */
export interface Loaded {
  readonly addon: Addon
  readonly from: string
}

const require = createRequire(import.meta.url)

/**
 * Loads the addon: the file that `SOM_NATIVE_PATH` names, else the one built next to this package, else the platform
 * package. If none fits, the reason says what was looked for, what was found, and what to do.
 */
export function loadNative(env: NodeJS.ProcessEnv = process.env): Result<Loaded, string> {
  const path = env['SOM_NATIVE_PATH']
  if (path) return loadFile(path).mapErr((reason) => `SOM_NATIVE_PATH: ${reason}`)
  const triple = hostTriple()
  const built = fileURLToPath(new URL(`../som-native.${triple}.node`, import.meta.url))
  if (existsSync(built)) return loadFile(built)
  const name = `@som/native-${triple}`
  const published = resolved(name)
  if (published !== null) return loadFile(published)
  const known: readonly string[] = TRIPLES
  return Result.err(
    known.includes(triple)
      ? `no addon for ${triple}: neither ${built} nor the package ${name} exists; install ${name}, or build the addon with "npm run build:native"`
      : `no addon is published for ${triple} (only for ${TRIPLES.join(', ')}); build it from source with "npm run build:native"`,
  )
}

/** Loads one file and checks that it is this package's addon, in this version. */
export function loadFile(path: string): Result<Loaded, string> {
  if (!existsSync(path)) return Result.err(`${path}: no such file`)
  let loaded: unknown
  try {
    const damage = damageOf(path)
    if (damage !== null) return Result.err(`${path}: the addon is damaged: ${damage}; install it again`)
    loaded = require(path)
  } catch (error) {
    return Result.err(`${path}: cannot load the addon on this machine: ${firstLine(error)}`)
  }
  if (!isAddon(loaded)) return Result.err(`${path}: expected the addon of @som/native, found another module`)
  const { version } = ownPackage()
  if (loaded.version() !== version) {
    return Result.err(
      `${path}: expected the addon of version ${version}, found ${loaded.version()}; install matching versions`,
    )
  }
  return Result.ok({ addon: loaded, from: path })
}

function resolved(name: string): string | null {
  try {
    return require.resolve(name)
  } catch {
    return null
  }
}

function ownPackage(): { version: string } {
  // Our own package.json, whose shape is known.
  return require('../package.json') as { version: string }
}

function isAddon(loaded: unknown): loaded is Addon {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'version' in loaded &&
    typeof loaded.version === 'function' &&
    'NativeSession' in loaded &&
    'CancelToken' in loaded &&
    'knows' in loaded
  )
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]
}
