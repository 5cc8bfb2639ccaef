// Every test: TypeScript by vitest, in Node and in a browser, then Rust by cargo. Closes with one line of counts.
// Arguments go to vitest, and then only vitest runs: `npm test -- packages/io` or `npm test -- -t tie`.
import { join } from 'node:path'
import { root, run, runNode } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed, plus } from './counts.mjs'
import { vitest } from './vitest.mjs'

const filters = process.argv.slice(2)
// Optimised, or the tests would take minutes; but not across crates, which only makes the build take several times as
// long.
const QUICK_BUILD = { CARGO_PROFILE_RELEASE_LTO: 'off', CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16' }

const builds = ['build.mjs', 'build-wasm.mjs'].map((script) => join(root, 'packages', 'native', 'scripts', script))

/** The addon and the WebAssembly module; where they cannot be built, their scripts say so in a line. */
async function nativeBackend() {
  let counts = none
  for (const script of builds) {
    const { code } = await runNode([script], { direct: true })
    counts = plus(counts, orCrashed(none, code))
  }
  return counts
}

async function rustTests() {
  if (filters.length > 0) return none
  const problem = rustProblem()
  if (problem !== null) {
    console.log(`Rust tests: left out, ${problem}.`)
    return none
  }
  const args = ['test', '--workspace', '--release', '--no-fail-fast', '--manifest-path', manifest]
  const { code, output } = await run('cargo', args, { show: true, env: QUICK_BUILD })
  return orCrashed(countsOfCargo(output), code)
}

let counts = none
for (const part of [nativeBackend, () => vitest(...filters), rustTests]) counts = plus(counts, await part())
close(counts)
