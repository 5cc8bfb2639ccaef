// Every test: TypeScript by vitest, in Node and in a browser, and Rust by cargo, which takes what vitest leaves of the
// processors and is shown when vitest is done. Closes with one line of counts.
// Arguments go to vitest, and then only vitest runs: `npm test -- packages/io` or `npm test -- -t tie`. Folders of
// packages whose tests use no addon do not wait for one to be built.
import { constants } from 'node:os'
import { join } from 'node:path'
import { root, run, runNode } from '../lib/process.mjs'
import { hostTarget, manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed, plus } from './counts.mjs'
import { vitest } from './vitest.mjs'

/** One in so many random cases of the kernels: `npm run test:services` tries all of them under AddressSanitizer. */
const RANDOM_SHARE = '4'

const filters = process.argv.slice(2)
const folders = filters.filter((word) => word.startsWith('packages/'))
const isWithoutNative =
  folders.length > 0 && folders.every((word) => /^packages\/(core|io|plot|recipes)(\/|$)/.test(word))
const script = (name) => join(root, 'packages', 'native', 'scripts', name)

/** The addon and the WebAssembly module; where they cannot be built, their scripts say so in a line. */
async function nativeBackend() {
  if (isWithoutNative) return none
  const [addon, wasm] = await Promise.all([
    runNode([script('build.mjs'), '--quick'], { direct: true }),
    runNode([script('build-wasm.mjs'), '--quick']),
  ])
  process.stderr.write(wasm.output)
  return plus(orCrashed(none, addon.code), orCrashed(none, wasm.code))
}

/** What cargo counts, and what it writes, which is kept until somebody shows it. */
async function rustTests() {
  if (filters.length > 0) return { counts: none, output: '' }
  const problem = rustProblem()
  if (problem !== null) return { counts: none, output: `Rust tests: left out, ${problem}.\n` }
  // With the profile and the target that the addon is built for, cargo compiles what they share once.
  const build = ['--profile', 'quick', '--target', hostTarget()]
  const args = ['test', '--workspace', ...build, '--no-fail-fast', '--manifest-path', manifest]
  const options = { priority: constants.priority.PRIORITY_LOW, env: { SOM_TEST_SHARE: RANDOM_SHARE } }
  const { code, output } = await run('cargo', args, options)
  return { counts: orCrashed(countsOfCargo(output), code), output }
}

const built = await nativeBackend()
const [typescript, rust] = await Promise.all([vitest(...filters), rustTests()])
process.stdout.write(rust.output)
close([typescript, rust.counts].reduce(plus, built))
