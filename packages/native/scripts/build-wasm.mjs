// Builds the kernels as WebAssembly with SIMD by cargo: som-native.wasm. Without Rust or its target it says so in one
// line, which is an error with --require. With --quick it is built as cargo's tests are.
import { spawnSync } from 'node:child_process'
import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { rustProblem } from '../../../tools/lib/rust.mjs'

const folder = join(import.meta.dirname, '..')
const target = 'wasm32-unknown-unknown'
const profile = process.argv.includes('--quick') ? 'quick' : 'release'
const options = ['--profile', profile, '--locked', '--package', 'som-wasm', '--target', target]
const env = { ...process.env, RUSTFLAGS: '-C target-feature=+simd128' }
const build = () => spawnSync('cargo', ['build', ...options], { cwd: folder, stdio: ['ignore', 2, 2], env }).status

const problem = rustProblem(target) ?? (build() === 0 ? null : 'cargo failed')
if (problem === null) {
  const module = join(folder, 'som-native.wasm')
  const built = join(process.env.CARGO_TARGET_DIR ?? join(folder, 'target'), target, profile, 'som_wasm.wasm')
  copyFileSync(built, `${module}.new`)
  renameSync(`${module}.new`, module)
} else {
  console.error(`native: ${problem}: the WebAssembly module is not built`)
  process.exitCode = process.argv.includes('--require') ? 1 : 0
}
