// Publishes every version that the registry lacks: the WebAssembly module and the packages are built, the addons of
// out/addons are put into their platform packages and published first, so that what names them finds them, then
// changesets publishes the rest. Run it in a checkout that is thrown away: it writes into package.json.
// With --rehearsal: nothing is tagged, and a module that cannot be built here is left out.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { binOf, root, runNode, runNpm } from '../lib/process.mjs'
import { makePlatformPackages } from './platform-packages.mjs'

const rehearsal = process.argv.includes('--rehearsal')
const native = join(root, 'packages', 'native')
const addons = join(root, 'out', 'addons')
const bin = join(root, 'node_modules', '.bin')
// turbo and changesets find pnpm on PATH only.
const env = { PATH: `${bin}${delimiter}${process.env.PATH}` }

async function must(step) {
  const { code } = await step
  if (code !== 0) process.exit(code)
}

await must(runNode([join(native, 'scripts', 'build-wasm.mjs'), ...(rehearsal ? [] : ['--require'])], { direct: true }))
if (!rehearsal && !existsSync(join(native, 'som-native.wasm'))) process.exit(1)
await must(runNode([join('tools', 'lib', 'turbo.mjs'), 'run', 'build'], { direct: true }))

for (const folder of await makePlatformPackages(addons)) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const known = await runNpm(['view', `${name}@${version}`, 'version'], { cwd: folder })
  const isPublished = known.code === 0 && known.output.includes(version)
  if (!isPublished) await must(runNpm(['publish', '--access', 'public'], { cwd: folder, show: true }))
}
const tags = rehearsal ? ['--no-git-tag'] : []
await must(runNode([binOf('@changesets/cli', 'changeset'), 'publish', ...tags], { direct: true, env }))
