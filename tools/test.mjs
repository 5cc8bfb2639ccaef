// Every test: TypeScript by vitest, in Node and in a browser, then Rust by cargo. Closes with one line of counts.
// Arguments go to vitest, and then only vitest runs: `npm test -- packages/io` or `npm test -- -t tie`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closingLine, countsOfCargo, none, plus } from './counts.mjs'
import { binOf, root, run, runNode } from './process.mjs'
import { manifest, rustProblem } from './rust.mjs'

const filters = process.argv.slice(2)
const nativeBuild = join(root, 'packages', 'native', 'scripts', 'build.mjs')

/** A runner that fails without naming a failed test still counts as one failure. */
const orCrashed = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)

async function typescriptTests() {
  const folder = mkdtempSync(join(tmpdir(), 'som-test-'))
  const report = join(folder, 'counts.json')
  const { code } = await runNode(
    [binOf('vitest'), 'run', '--reporter=default', '--reporter=./tools/counting-reporter.mjs', ...filters],
    { direct: true, env: { SOM_TEST_COUNTS: report } },
  )
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : none
  rmSync(folder, { recursive: true, force: true })
  return orCrashed(counts, code)
}

async function nativeAddon() {
  if (!existsSync(nativeBuild)) return none
  const { code } = await runNode([nativeBuild], { direct: true })
  return orCrashed(none, code)
}

async function rustTests() {
  if (filters.length > 0) return none
  const problem = rustProblem()
  if (problem !== null) {
    console.log(`Rust tests: left out, ${problem}.`)
    return none
  }
  const { code, output } = await run(
    'cargo',
    ['test', '--workspace', '--release', '--no-fail-fast', '--manifest-path', manifest],
    {
      show: true,
    },
  )
  return orCrashed(countsOfCargo(output), code)
}

let counts = none
for (const part of [nativeAddon, typescriptTests, rustTests]) counts = plus(counts, await part())
if (counts.passed + counts.failed === 0) console.error('No test was run.')
console.log(closingLine(counts))
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
