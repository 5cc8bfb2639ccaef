// The packages as a user installs them, for tests that start processes: sources take over a second to start, these do
// not.
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, stop, transformSync } from 'esbuild'
import { bundle, bundledPackages } from '../lib/bundle.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const packages = join(root, 'packages')
const cache = join(root, 'node_modules', '.som-compiled')

/** The oldest Node that the packages run on. */
const TARGET = 'node20'

/** Milliseconds that what was compiled of other sources is kept: somebody may be using it. */
const KEPT_MS = 3_600_000

/** A folder that holds a folder of each package, compiled from the sources of this moment. */
export async function compiledPackages(): Promise<string> {
  const files = readdirSync(packages).flatMap((name) => sourcesOf(name))
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'tools/lib/bundle.mjs']) hash.update(readFileSync(join(root, file)))
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(packages, file)))
  const folder = join(cache, hash.digest('hex').slice(0, 16))
  if (!existsSync(folder)) await fill(folder, files)
  utimesSync(folder, new Date(), new Date())
  return folder
}

/** The program of the som command, as `node` takes it. */
export const compiledSom = async (): Promise<string> => join(await compiledPackages(), 'cli', 'dist', 'main.js')

/** An empty folder in which the names that a package depends on resolve. */
export async function projectOf(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'som-project-'))
  symlinkSync(join(await compiledPackages(), name, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return folder
}

/** A program in TypeScript as JavaScript. */
export const compiledBlock = (code: string): string =>
  transformSync(code, { loader: 'ts', format: 'esm', target: TARGET }).code

/** What a package is made of, as paths from the folder of all. */
function sourcesOf(name: string): string[] {
  const src = join(packages, name, 'src')
  const isSource = (file: string): boolean => /(?<!\.test)\.ts$/.test(file)
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(isSource).sort()
  const built = readdirSync(join(packages, name)).filter((file) => /\.(node|wasm)$/.test(file))
  return [
    ...['package.json', ...built].map((file) => join(name, file)),
    ...sources.map((file) => join(name, 'src', file)),
  ]
}

/** Aside and then into place, so that tests beside this one see it whole or not at all. */
async function fill(folder: string, files: readonly string[]): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const aside = mkdtempSync(join(cache, 'aside-'))
  const sources = files.filter((file) => file.endsWith('.ts'))
  await compile(sources, aside)
  for (const folder of bundledPackages()) await bundle(folder, join(aside, basename(folder)))
  // Its process would stay a child of the tests' own.
  await stop()
  for (const file of files.filter((file) => !sources.includes(file)))
    copyFileSync(join(packages, file), join(aside, file))
  for (const name of readdirSync(packages)) linkDependencies(name, aside, folder)
  // Whatever was built of it last: only tests of the page itself look at it.
  symlinkSync(join(packages, 'studio', 'page'), join(aside, 'studio', 'page'), 'junction')
  // Another process may have removed it since.
  for (const old of readdirSync(cache).map((name) => join(cache, name)))
    if (Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY) > KEPT_MS)
      rmSync(old, { recursive: true, force: true })
  try {
    renameSync(aside, folder)
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(folder)) throw error
    rmSync(aside, { recursive: true, force: true })
  }
}

/** What is in `src` of a package comes to lie in its `dist`, file for file. */
const compile = (sources: readonly string[], outdir: string): Promise<unknown> =>
  build({
    entryPoints: sources.map((file) => ({
      in: join(packages, file),
      out: file.replace(/([\\/])src([\\/].*)\.ts$/, '$1dist$2'),
    })),
    outdir,
    format: 'esm',
    target: TARGET,
    platform: 'node',
    bundle: true,
    plugins: [eachFileAlone],
    logLevel: 'error',
  })

/** Imports stay imports, of the JavaScript that the TypeScript becomes. */
const eachFileAlone: Plugin = {
  name: 'each file alone',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/^(\..*)\.ts$/, '$1.js'), external: true },
    )
  },
}

/** Our packages lead to what was compiled of them, others to where they are installed. */
function linkDependencies(name: string, aside: string, folder: string): void {
  const [from, into] = [packages, aside].map((folder) => join(folder, name, 'node_modules'))
  const dependencies = readdirSync(from)
    .filter((entry) => !entry.startsWith('.'))
    .flatMap((entry) =>
      entry.startsWith('@') ? readdirSync(join(from, entry)).map((name) => join(entry, name)) : entry,
    )
  for (const dependency of dependencies) {
    const link = join(into, dependency)
    mkdirSync(dirname(link), { recursive: true })
    const installed = realpathSync(join(from, dependency))
    const isOurs = dirname(installed) === packages
    symlinkSync(isOurs ? join(folder, basename(installed)) : installed, link, 'junction')
  }
}
