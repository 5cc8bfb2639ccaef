// Packs every public package as it would be published and checks what came out: that it holds what it needs and no
// tests, that workspace ranges became versions, what publint and are-the-types-wrong say about it, and that plain Node
// can load it beside the others.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle, bundledPackages } from '../lib/bundle.mjs'
import { binOf, root, run, runNode } from '../lib/process.mjs'
import { ensureStudioPage } from '../lib/studio-page.mjs'

/** A project of its own, in which nothing but what was packed is installed. */
const project = join(root, 'out', 'packed')
const installed = (name, ...rest) => join(project, 'node_modules', ...name.split('/'), ...rest)

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const packages = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(root, 'packages', entry.name))
  .map((folder) => ({ folder, ...readManifest(folder) }))
  .filter((manifest) => !manifest.private)

const tarballOf = ({ name }) => join(project, `${name.replace('/', '-')}.tgz`)

/** Removes what an earlier build left of sources that are gone: the compiler does not, and it would be packed. */
function dropLeftOvers({ folder }) {
  const built = join(folder, 'dist')
  for (const file of readdirSync(built, { recursive: true })) {
    const [, stem] = file.match(/^(.+?)(\.d)?\.[jt]s(\.map)?$/) ?? []
    if (stem && !existsSync(join(folder, 'src', `${stem}.ts`))) rmSync(join(built, file))
  }
}

/** Packs a package and installs the result, with the workspace's own copies of what it depends on. */
async function packAndInstall(manifest) {
  dropLeftOvers(manifest)
  if (bundledPackages().includes(manifest.folder)) await bundle(manifest.folder)
  const pack = await runNode([binOf('pnpm'), 'pack', '--out', tarballOf(manifest)], { cwd: manifest.folder })
  if (pack.code !== 0) return [pack.output]
  const target = installed(manifest.name)
  mkdirSync(target, { recursive: true })
  const unpack = await run('tar', ['-xzf', tarballOf(manifest), '-C', target, '--strip-components=1'])
  if (unpack.code !== 0) return [unpack.output]
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    if (packages.some(({ name }) => name === dependency)) continue
    const link = join(target, 'node_modules', ...dependency.split('/'))
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(manifest.folder, 'node_modules', ...dependency.split('/')), link, 'junction')
  }
  return []
}

function contents({ name }) {
  const own = readdirSync(installed(name), { recursive: true }).filter((file) => !file.startsWith('node_modules'))
  const manifest = readFileSync(installed(name, 'package.json'), 'utf8')
  return [
    ...['LICENSE', 'README.md'].filter((file) => !own.includes(file)).map((file) => `${file} is missing`),
    ...own.filter((file) => /\.test\.|\.tsbuildinfo$/.test(file)).map((file) => `${file} has no place in a package`),
    ...['workspace:', 'catalog:']
      .filter((protocol) => manifest.includes(`"${protocol}`))
      .map((protocol) => `package.json: a ${protocol} range was not turned into a version`),
  ]
}

async function loads({ name, bin }) {
  const load = await runNode(['--input-type=module', '--eval', `await import('${name}')`], { cwd: project })
  const commands = Object.values(typeof bin === 'string' ? { [name]: bin } : (bin ?? {}))
  const answers = commands.map((file) => runNode([installed(name, file), '--version'], { cwd: project }))
  return [load, ...(await Promise.all(answers))].filter(({ code }) => code !== 0).map(({ output }) => output)
}

async function lint(manifest) {
  const publint = await runNode([binOf('publint'), tarballOf(manifest), '--strict'])
  const profile = ['--profile', 'esm-only', '--no-color']
  const types = await runNode([binOf('@arethetypeswrong/cli', 'attw'), tarballOf(manifest), ...profile])
  return [publint, types].filter(({ code }) => code !== 0).map(({ output }) => output)
}

rmSync(project, { recursive: true, force: true })
await ensureStudioPage()
const problems = new Map()
for (const manifest of packages) problems.set(manifest, await packAndInstall(manifest))
for (const [manifest, found] of problems) {
  if (found.length === 0) found.push(...contents(manifest), ...(await loads(manifest)), ...(await lint(manifest)))
  console.log(`${manifest.name}: ${found.length === 0 ? 'packs clean' : found.join('\n')}`)
}
process.exitCode = [...problems.values()].every((found) => found.length === 0) ? 0 : 1
