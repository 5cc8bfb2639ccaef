// The kernels' tests under AddressSanitizer, which catches a read or a write outside its array, on every set of
// instructions that this CPU has. Optimised: the plain build takes eight times as long. Closes with one line of counts.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, run } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed } from './counts.mjs'

const TARGETS = { 'linux x64': 'x86_64-unknown-linux-gnu', 'linux arm64': 'aarch64-unknown-linux-gnu' }

/** The sanitizer is an unstable flag of a stable compiler; a target named apart keeps it off build scripts. */
const BUILD = {
  RUSTC_BOOTSTRAP: '1',
  RUSTFLAGS: '-Zsanitizer=address',
  CARGO_TARGET_DIR: join(root, 'packages', 'native', 'target', 'asan'),
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS: 'true',
}

/** Runs them; gives their counts, and none where they cannot be built, with a line that says why. */
export async function addressSanitizer() {
  const target = TARGETS[`${process.platform} ${process.arch}`]
  const problem = rustProblem() ?? (target ? null : `${process.platform} ${process.arch} is not a target of theirs`)
  if (problem !== null) {
    console.log(`Tests under AddressSanitizer: left out, ${problem}.`)
    return none
  }
  const args = ['test', '--release', '--locked', '--tests', '--package', 'som-kernels', '--target', target]
  const { code, output } = await run('cargo', [...args, '--manifest-path', manifest], { show: true, env: BUILD })
  return orCrashed(countsOfCargo(output), code)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) close(await addressSanitizer())
