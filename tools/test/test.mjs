// Every test: TypeScript by vitest, in Node and in a browser, then Rust by cargo. Closes with one line of counts.
// Arguments go to vitest, and then only vitest runs: `npm test -- packages/io` or `npm test -- -t tie`. Folders of
// packages whose tests use no addon do not wait for one to be built.
import { join } from 'node:path'
import { root, run, runNode } from '../lib/process.mjs'
import { hostTarget, manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed, plus } from './counts.mjs'
import { vitest } from './vitest.mjs'

const filters = process.argv.slice(2)
const folders = filters.filter((word) => word.startsWith('packages/'))
const isWithoutNative =
  folders.length > 0 && folders.every((word) => /^packages\/(core|io|plot|recipes)(\/|$)/.test(word))
const script = (name) => join(root, 'packages', 'native', 'scripts', name)
const builds = [[script('build.mjs'), '--quick'], [script('build-wasm.mjs')]]

/** The addon and the WebAssembly module; where they cannot be built, their scripts say so in a line. */
async function nativeBackend() {
  let counts = none
  if (isWithoutNative) return counts
  for (const words of builds) {
    const { code } = await runNode(words, { direct: true })
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
  // With the profile and the target that the addon is built for, cargo compiles what they share once.
  const build = ['--profile', 'quick', '--target', hostTarget()]
  const args = ['test', '--workspace', ...build, '--no-fail-fast', '--manifest-path', manifest]
  const { code, output } = await run('cargo', args, { show: true })
  return orCrashed(countsOfCargo(output), code)
}

let counts = none
for (const part of [nativeBackend, () => vitest(...filters), rustTests]) counts = plus(counts, await part())
close(counts)
