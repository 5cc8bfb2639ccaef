// Builds the addon for this machine: packages/native/som-native.<triple>.node. Does nothing when it is up to date, and
// says so in one line where there is no Rust toolchain. With --require that line is an error.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostTriple } from './triple.mjs'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const required = process.argv.includes('--require')
const target = argument('--target')
const triple = argument('--triple') ?? hostTriple()
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

const digest = digestOfSources()
if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0)

if (spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status !== 0) {
  stop('native: no Rust toolchain was found (cargo): the addon is not built, and the js backend is used')
}
console.error('native: building the addon (once for each change of its sources)')
const build = spawnSync(
  'cargo',
  ['build', '--release', '--locked', '--package', 'som-binding', ...(target ? ['--target', target] : [])],
  { cwd: folder, stdio: ['ignore', 2, 2], env: { ...process.env, SOM_NATIVE_VERSION: version } },
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
