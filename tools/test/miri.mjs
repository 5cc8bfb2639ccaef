// A few cases of the kernels' scalar and indexing tests, interpreted by Miri, which also sees what AddressSanitizer
// does not: unaligned or uninitialised reads, and aliasing that is not allowed. On one thread: what rayon stands on
// breaks Miri's rules of aliasing. Closes with one line of counts.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, run } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed } from './counts.mjs'

/** Those that end within half a minute each: the others need maps of a size that Miri takes minutes for. */
const TESTS = [
  'exponential::tests',
  'lattice::tests',
  'matching::order::tests::sixteen_places',
  'matching::pairs::tests',
  'matching::plain::tests',
  'metric::tests',
  'neighbourhood::tests',
  'online::tests::steps_that_do_not_fit',
  'parallel::tests',
  'samples::tests',
  'smoothing::tests::a_cancelled_update',
]

const ENV = {
  // A thousand times as slow as the processor: of hundreds of random cases a few.
  SOM_TEST_SHARE: '100',
  // Miri errs in the last bit of exp() by chance otherwise, as a library may; the tests compare with this one.
  MIRIFLAGS: '-Zmiri-disable-isolation -Zmiri-deterministic-floats',
  CARGO_TARGET_DIR: join(root, 'packages', 'native', 'target', 'miri'),
}

/** Runs them; gives their counts, and none where they cannot be run, with a line that says why. */
export async function miri() {
  const problem = rustProblem() ?? (await problemOfMiri())
  if (problem !== null) {
    console.log(`Tests in Miri: left out, ${problem}.`)
    return none
  }
  const ours = ['--lib', '--no-default-features', '--package', 'som-kernels']
  const args = ['+nightly', 'miri', 'test', '--locked', ...ours, '--manifest-path', manifest]
  const { code, output } = await run('cargo', [...args, '--', ...TESTS], { show: true, env: ENV })
  return orCrashed(countsOfCargo(output), code)
}

/** Miri comes with a nightly compiler alone: rustup brings one where there is none. */
async function problemOfMiri() {
  if ((await run('cargo', ['+nightly', 'miri', '--version'])).code === 0) return null
  const parts = ['--profile', 'minimal', '--component', 'miri', '--component', 'rust-src']
  const { code } = await run('rustup', ['toolchain', 'install', 'nightly', ...parts])
  return code === 0 ? null : 'rustup could not install a nightly compiler with miri'
}

if (process.argv[1] === fileURLToPath(import.meta.url)) close(await miri())
