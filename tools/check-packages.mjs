// Packs every public package as it would be published and checks what came out: that it holds what it needs and no
// tests, that workspace ranges became versions, and what publint and are-the-types-wrong say of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binOf, root, run, runNode } from './process.mjs'

const folders = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(root, 'packages', entry.name))
const packed = mkdtempSync(join(tmpdir(), 'som-pack-'))
let failures = 0

function report(name, problems) {
  console.log(`${name}: ${problems.length === 0 ? 'packs clean' : problems.join('\n')}`)
  failures += problems.length
}

/** What is wrong with the files and the manifest in a tarball. */
async function contents(tarball) {
  const { output: listing } = await run('tar', ['-tzf', tarball])
  const files = listing.trim().split(/\r?\n/)
  const { output: manifest } = await run('tar', ['-xzOf', tarball, 'package/package.json'])
  return [
    ...['package/LICENSE', 'package/README.md']
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing`),
    ...files.filter((file) => /\.test\.|\.tsbuildinfo$/.test(file)).map((file) => `${file} has no place in a package`),
    ...(manifest.includes('"workspace:') ? ['a workspace: range was not turned into a version'] : []),
    ...(manifest.includes('"catalog:') ? ['a catalog: range was not turned into a version'] : []),
  ]
}

async function check(folder) {
  const { name, private: isPrivate } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (isPrivate) return
  const target = join(packed, `${name.replace('/', '-')}.tgz`)
  const pack = await runNode([binOf('pnpm'), 'pack', '--out', target], { cwd: folder })
  if (pack.code !== 0) return report(name, [pack.output])
  const lint = await runNode([binOf('publint'), target, '--strict'])
  const types = await runNode([binOf('@arethetypeswrong/cli', 'attw'), target, '--profile', 'esm-only', '--no-color'])
  report(name, [
    ...(await contents(target)),
    ...[lint, types].filter(({ code }) => code !== 0).map(({ output }) => output),
  ])
}

for (const folder of folders) await check(folder)
rmSync(packed, { recursive: true, force: true })
process.exitCode = failures === 0 ? 0 : 1
