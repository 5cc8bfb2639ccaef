// Builds the kernels as WebAssembly with SIMD: packages/native/som-native.wasm. Needs cargo and its target wasm32-unknown-unknown; says
// so in one line, and with --require as an error, where they are absent.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const required = process.argv.includes('--require')
const target = 'wasm32-unknown-unknown'

function stop(message) {
  console.error(message)
  process.exit(required ? 1 : 0)
}

if (spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status !== 0) {
  stop('native: no Rust toolchain was found (cargo): the WebAssembly module is not built')
}
const { stdout: sysroot } = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' })
if (!existsSync(join(sysroot.trim(), 'lib', 'rustlib', target))) {
  stop(
    `native: this Rust toolchain has no target ${target}: the WebAssembly module is not built; "rustup target add ${target}"`,
  )
}
const build = spawnSync('cargo', ['build', '--release', '--locked', '--package', 'som-wasm', '--target', target], {
  cwd: folder,
  stdio: ['ignore', 2, 2],
  env: { ...process.env, RUSTFLAGS: '-C target-feature=+simd128' },
})
if (build.status !== 0) {
  stop('native: cargo could not build the WebAssembly module')
}
const targetFolder = process.env.CARGO_TARGET_DIR ?? join(folder, 'target')
const module = join(folder, 'som-native.wasm')
copyFileSync(join(targetFolder, target, 'release', 'som_wasm.wasm'), `${module}.new`)
renameSync(`${module}.new`, module)
