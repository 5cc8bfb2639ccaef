// Every check except the tests: format and lint, prose, types, dead code, packages, changesets, workflows, size,
// notices, deployment, docs site, and Rust where cargo is. Runs all of them whatever fails, and closes with one line of
// counts.
import { join } from 'node:path'
import { binOf, run } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'

const noRust = rustProblem()

const node = (...args) => [process.execPath, args]
const cargo = (...args) => ['cargo', [...args.slice(0, 1), '--manifest-path', manifest, ...args.slice(1)]]

const steps = [
  ['format and lint', node(binOf('@biomejs/biome'), 'check', '--error-on-warnings', '.')],
  ['prose', node(join('tools', 'check', 'prose.mjs'))],
  ['types', node(binOf('typescript', 'tsc'), '-b')],
  ['types of the tests', node(binOf('typescript', 'tsc'), '-p', 'tsconfig.tests.json')],
  ['unused files, exports and dependencies', node(binOf('knip'))],
  ['workspace consistency', node(binOf('sherif'), '--fail-on-warnings')],
  ['packed packages', node(join('tools', 'check', 'packages.mjs'))],
  ['changesets', node(join('tools', 'check', 'changesets.mjs'))],
  ['workflows', node(join('tools', 'check', 'workflows.mjs'))],
  ['size', node(join('tools', 'check', 'size.mjs'))],
  ['third-party notices', node(join('tools', 'check', 'notices.mjs'), '--check')],
  ['deployment', node(join('tools', 'check', 'deploy.mjs'))],
  ['docs site', node(join('tools', 'show', 'docs.mjs'))],
  ...(noRust === null
    ? [
        ['Rust format', cargo('fmt', '--all', '--check')],
        ['Rust lint', cargo('clippy', '--workspace', '--all-targets', '--', '-D', 'warnings')],
      ]
    : []),
]

if (process.env.CI && noRust === null)
  steps.push(['generated types of the binding', ['git', ['diff', '--exit-code', 'packages/native/binding/index.d.ts']]])

let failed = 0
for (const [name, [command, args]] of steps) {
  const started = performance.now()
  const { code, output } = await run(command, args)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  if (code !== 0) {
    failed += 1
    console.log(output.trimEnd())
  }
}
if (noRust !== null) console.log(`left out  Rust format and lint: ${noRust}`)
console.log(`${steps.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
