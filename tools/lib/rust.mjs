// Whether the Rust crates can be built here.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './process.mjs'

/** The manifest of the workspace of crates. */
export const manifest = join(root, 'packages', 'native', 'Cargo.toml')

/** Why the crates cannot be built here, for this machine or for another target of Rust's; null when they can. */
export function rustProblem(target) {
  if (!existsSync(manifest)) return 'there are no crates'
  const { status, stdout } = spawnSync('cargo', ['--version'], { encoding: 'utf8' })
  if (status !== 0) return 'cargo was not found'
  const [, needed] = readFileSync(manifest, 'utf8').match(/^rust-version = "([\d.]+)"/m) ?? [null, '0']
  const [found] = stdout.match(/\d+\.\d+\.\d+/) ?? ['0']
  const isOld = found.localeCompare(needed, 'en', { numeric: true }) < 0
  if (isOld) return `cargo ${needed} or newer is needed, found ${found}`
  return target && !hasTarget(target) ? `Rust lacks a target: "rustup target add ${target}"` : null
}

/** The target of this machine, as cargo names it. */
export function hostTarget() {
  const { stdout } = spawnSync('rustc', ['--version', '--verbose'], { encoding: 'utf8' })
  return stdout.match(/^host: (.+)$/m)[1]
}

function hasTarget(target) {
  const { stdout } = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' })
  return existsSync(join(stdout.trim(), 'lib', 'rustlib', target))
}
