// Builds the addon by napi: som-native.<platform>.node, and its types, binding/index.d.ts. Does nothing when it is up
// to date. Without Rust it says so in one line, which is an error with --require. A release builds for other machines
// too: --target TARGET, with --cross where Zig links it. With --quick it is built as cargo's tests are, and an addon
// that is up to date does, however it was built; without it, one of --quick is built again.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { rustProblem } from '../../../tools/lib/rust.mjs'

const flag = { type: 'boolean' }
const options = { require: flag, target: { type: 'string' }, cross: flag, quick: flag }
const { require, target, cross, quick = false } = parseArgs({ options }).values
const folder = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const targetDir = process.env.CARGO_TARGET_DIR ?? join(folder, 'target')
const stamp = join(targetDir, 'napi.stamp')
const [builtFrom, built, builtAs] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : []

/** What the crates are built from: sources and version, not times. */
function digestOfSources() {
  const hash = createHash('sha256').update(version)
  const files = readdirSync(folder, { recursive: true }).filter((file) => /^(kernels|binding).*\.(rs|toml)$/.test(file))
  for (const file of ['Cargo.toml', 'Cargo.lock', ...files.sort()])
    hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

async function build() {
  process.env.SOM_NATIVE_VERSION = version
  const { NapiCli } = await import('@napi-rs/cli')
  const { task } = await new NapiCli().build({
    ...{ cwd: folder, manifestPath: 'binding/Cargo.toml', targetDir, outputDir: join(targetDir, 'napi'), target },
    ...{
      platform: true,
      ...(quick ? { profile: 'quick' } : { release: true }),
      noJsBinding: true,
      dts: 'index.d.ts',
      cargoOptions: ['--locked'],
    },
    crossCompile: cross,
  })
  const { path } = (await task).find(({ kind }) => kind === 'node')
  copyFileSync(join(targetDir, 'napi', 'index.d.ts'), join(folder, 'binding', 'index.d.ts'))
  // A process that has the old file open keeps it: a rename never leaves half a file.
  renameSync(path, join(folder, basename(path)))
  if (!target) writeFileSync(stamp, `${digest} ${basename(path)}${quick ? ' quick' : ''}`)
}

const digest = digestOfSources()
const isUpToDate = builtFrom === digest && existsSync(join(folder, built)) && (quick || builtAs !== 'quick')
if (target || !isUpToDate) {
  const missing = rustProblem()
  if (missing === null) console.error('native: building the addon (once for each change of its sources)')
  const problem = missing ?? (await build().catch((error) => error.message))
  if (problem) {
    console.error(`native: ${problem}: the addon is not built. WebAssembly or js runs in its place, and is slower`)
    // What was built from other sources must not pass for these.
    if (built) rmSync(join(folder, built), { force: true })
    process.exitCode = require ? 1 : 0
  }
}
