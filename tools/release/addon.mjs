// Builds the addon of one target for a release: `node tools/release/addon.mjs TARGET`. Zig links those for Linux, so
// that one machine makes them all; it comes from PyPI, into a folder of its own.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, run, runNode } from '../lib/process.mjs'

const ZIG = ['ziglang==0.17.1', 'cargo-zigbuild==0.24.1']
const [target] = process.argv.slice(2)
const isCross = target.includes('linux')

async function must(step) {
  const { code } = await step
  if (code !== 0) process.exit(code)
}

/** A PATH on which cargo finds `zigbuild`. */
async function pathWithZig() {
  const environment = join(root, 'packages', 'native', 'target', 'zig')
  const programs = join(environment, 'bin')
  if (!existsSync(join(programs, 'cargo-zigbuild'))) {
    await must(run('python3', ['-m', 'venv', environment], { show: true }))
    await must(run(join(programs, 'pip'), ['install', '--quiet', ...ZIG], { show: true }))
  }
  return `${programs}${delimiter}${process.env.PATH}`
}

// A version of the C library, as in x86_64-unknown-linux-gnu.2.28, is the linker's affair.
await must(run('rustup', ['target', 'add', target.replace(/\.[\d.]+$/, '')], { show: true }))
const build = [join('packages', 'native', 'scripts', 'build.mjs'), '--require', '--target', target]
const env = isCross ? { PATH: await pathWithZig() } : {}
await must(runNode([...build, ...(isCross ? ['--cross'] : [])], { direct: true, env }))
