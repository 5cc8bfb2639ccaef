// Whether the Rust crates can be built here.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './process.mjs'

/** The manifest of the workspace of crates. */
export const manifest = join(root, 'packages', 'native', 'Cargo.toml')

/** Why the crates cannot be built here; null when they can. */
export function rustProblem() {
  if (!existsSync(manifest)) return 'there are no crates'
  const { status, stdout } = spawnSync('cargo', ['--version'], { encoding: 'utf8' })
  if (status !== 0) return 'cargo was not found'
  const [, needed] = readFileSync(manifest, 'utf8').match(/^rust-version = "([\d.]+)"/m) ?? [null, '0']
  const [found] = stdout.match(/\d+\.\d+\.\d+/) ?? ['0']
  const isOld = found.localeCompare(needed, 'en', { numeric: true }) < 0
  return isOld ? `cargo ${needed} or newer is needed, found ${found}` : null
}
