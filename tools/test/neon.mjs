// The kernels' tests on arm64's NEON where the processor is another: built for arm64 and run by qemu, each with an
// eighth of its random cases, which still takes a minute or two. Closes with one line of counts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, run } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'
import { close, countsOfCargo, none, orCrashed } from './counts.mjs'

/** Links statically, by the linker that comes with Rust: no C compiler nor library for arm64 is requested. */
const TARGET = 'aarch64-unknown-linux-musl'

const has = (program) => spawnSync(program, ['--version']).status === 0

/** Runs them; gives their counts, and none where they cannot be run, with a line that says why. */
export async function neon() {
  const qemu = ['qemu-aarch64-static', 'qemu-aarch64'].find(has)
  const problem = rustProblem() ?? (await problemOf(qemu))
  if (problem !== null) {
    console.log(`Tests on NEON: left out, ${problem}.`)
    return none
  }
  const build = {
    SOM_TEST_SHARE: '8',
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER: 'rust-lld',
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUNNER: qemu,
    CARGO_TARGET_DIR: join(root, 'packages', 'native', 'target', 'neon'),
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  }
  const args = ['test', '--release', '--locked', '--no-fail-fast', '--package', 'som-kernels', '--target', TARGET]
  const { code, output } = await run('cargo', [...args, '--manifest-path', manifest], { show: true, env: build })
  return orCrashed(countsOfCargo(output), code)
}

async function problemOf(qemu) {
  if (process.arch === 'arm64') return 'npm test has run them on this processor'
  if (process.platform !== 'linux') return `qemu runs programs of Linux, and this is ${process.platform}`
  if (qemu === undefined) return 'qemu-aarch64 was not found (qemu-user-static of Debian and Ubuntu has it)'
  const { code } = await run('rustup', ['target', 'add', TARGET])
  return code === 0 ? null : `rustup could not add ${TARGET}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) close(await neon())
