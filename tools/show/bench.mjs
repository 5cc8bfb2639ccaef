// Compiles the bench and what it measures, bundles that as it is published, and runs it: contenders start as plain
// JavaScript, as a user's program would.
// `npm run bench -- --help` says how to ask for cases and sizes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { binOf, root, runNode } from '../lib/process.mjs'

const nativeBuild = join(root, 'packages', 'native', 'scripts', 'build.mjs')
const steps = [
  [binOf('typescript', 'tsc'), '-b', 'apps/bench'],
  [join(root, 'tools', 'lib', 'bundle.mjs')],
  ...(existsSync(nativeBuild) ? [[nativeBuild]] : []),
  [join(root, 'apps', 'bench', 'dist', 'main.js'), ...process.argv.slice(2)],
]
for (const step of steps) {
  const { code } = await runNode(step, { direct: true })
  if (code !== 0) {
    process.exitCode = code
    break
  }
}
