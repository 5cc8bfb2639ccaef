// Builds addons for the release: `node scripts/build-all.mjs FOLDER TRIPLE...` puts som-native.<triple>.node into FOLDER for each. Those for
// Linux are linked by Zig, so that one machine makes all four; it comes from PyPI, into a folder of its own.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RUST_TARGETS } from './triple.mjs'

const ZIG = ['ziglang==0.17.1', 'cargo-zigbuild==0.24.1']

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const [output, ...triples] = process.argv.slice(2)
const unknown = triples.filter((triple) => !(triple in RUST_TARGETS))
if (!output || triples.length === 0 || unknown.length > 0) {
  const found = unknown.length > 0 ? unknown.join(', ') : 'none'
  console.error(`expected a folder, then triples of ${Object.keys(RUST_TARGETS).join(', ')}; found ${found}`)
  process.exit(1)
}

function must(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`)
  process.exit(1)
}

/** A PATH on which cargo finds `zigbuild`. */
function pathWithZig() {
  const environment = join(folder, 'target', 'zig')
  const programs = join(environment, 'bin')
  if (!existsSync(join(programs, 'cargo-zigbuild'))) {
    must('python3', ['-m', 'venv', environment])
    must(join(programs, 'pip'), ['install', '--quiet', ...ZIG])
  }
  return `${programs}${delimiter}${process.env.PATH}`
}

mkdirSync(output, { recursive: true })
const linux = triples.some((triple) => triple.startsWith('linux-'))
const env = linux ? { PATH: pathWithZig() } : {}
for (const triple of triples) {
  must('rustup', ['target', 'add', RUST_TARGETS[triple]])
  const zig = triple.startsWith('linux-') ? ['--zig'] : []
  must(process.execPath, [join(folder, 'scripts', 'build.mjs'), '--require', '--triple', triple, ...zig], env)
  const file = `som-native.${triple}.node`
  copyFileSync(join(folder, file), join(output, file))
}
