// Builds the addon for this machine: packages/native/som-native.<triple>.node. Does nothing when it is up to date, and
// says so in one line where there is no Rust toolchain. With --require that line is an error. For another machine:
// --triple NAME, with --zig where cargo-zigbuild is to link it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostTriple, RUST_TARGETS } from './triple.mjs'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const required = process.argv.includes('--require')
const triple = argument('--triple') ?? hostTriple()
const withZig = process.argv.includes('--zig')
const target = triple === hostTriple() && !withZig ? undefined : RUST_TARGETS[triple]
const addon = join(folder, `som-native.${triple}.node`)
const stamp = `${addon}.stamp`
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** What the crates were last built from: sources and version, not times. */
function digestOfSources() {
  const hash = createHash('sha256')
    .update(version)
    .update(target ?? '')
  const files = ['Cargo.toml', 'Cargo.lock']
  for (const crate of ['kernels', 'binding']) {
    for (const entry of readdirSync(join(folder, crate), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    }
  }
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

function argument(name) {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

function stop(message) {
  console.error(message)
  process.exit(required ? 1 : 0)
}

if (!(triple in RUST_TARGETS)) {
  stop(`--triple: expected one of ${Object.keys(RUST_TARGETS).join(', ')}, found ${triple}`)
}
const digest = digestOfSources()
if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0)

if (spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status !== 0) {
  stop('native: no Rust toolchain was found (cargo): the addon is not built, and the js backend is used')
}
console.error('native: building the addon (once for each change of its sources)')
// Zig links against the oldest glibc that the supported Nodes run on, whatever this machine has.
const linkedFor = withZig && triple.endsWith('-gnu') ? `${target}.2.28` : target
// An addon is a shared library, which musl's targets make only with their C library linked at run time.
const flags = triple.endsWith('-musl') ? { RUSTFLAGS: '-C target-feature=-crt-static' } : {}
const build = spawnSync(
  'cargo',
  [
    withZig ? 'zigbuild' : 'build',
    ...['--release', '--locked', '--package', 'som-binding'],
    ...(target ? ['--target', linkedFor] : []),
  ],
  { cwd: folder, stdio: ['ignore', 2, 2], env: { ...process.env, ...flags, SOM_NATIVE_VERSION: version } },
)
// What was built from other sources must not pass for these.
if (build.status !== 0) for (const old of [addon, stamp]) rmSync(old, { force: true })
if (build.status !== 0) stop('native: cargo could not build the addon: the js backend is used')

const library =
  { darwin: 'libsom_binding.dylib', win32: 'som_binding.dll' }[triple.split('-')[0]] ?? 'libsom_binding.so'
const targetFolder = process.env.CARGO_TARGET_DIR ?? join(folder, 'target')
const aside = `${addon}.new`
copyFileSync(join(targetFolder, ...(target ? [target] : []), 'release', library), aside)
// A process that has the old file open keeps it; a rename never leaves half a file.
renameSync(aside, addon)
writeFileSync(stamp, digest)
