// Mutation testing within a package, which is the working folder; `mutants.mjs` says what is changed.
import { join } from 'node:path'
import { root } from '../lib/process.mjs'

const { SOM_MUTANTS_OF: changed, SOM_MUTANTS_NAME: name } = process.env
const out = join(root, 'out', 'mutants')
const here = (file) => join(root, 'tools', 'test', file)

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', here('mutants-wording.mjs')],
  vitest: { configFile: here('mutants.vitest.config.ts'), related: false },
  mutate: [...changed.split(','), '!**/*.test.ts', '!**/index.ts', '!**/testing/**'],
  ignorers: ['wording'],
  // What tsconfig.json refers to does not lie beside a copy; the workspace's own serves it.
  ignorePatterns: ['dist', 'target', 'npm', '*.node', '*.wasm', 'tsconfig.json'],
  // Within the repository, so that its packages are found.
  tempDirName: join(out, 'sandbox'),
  // Each change meets the tests that run it; one of what is done while a file is loaded meets them all.
  coverageAnalysis: 'perTest',
  // Tests run as often as there are changes: those with a hundred drawn cases take long enough.
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 20,
  // Changes of static tables take most of the time, and are counted.
  warnings: { slow: false },
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { reportTests: false, logTests: false },
  htmlReporter: { fileName: join(out, `${name}.html`) },
  jsonReporter: { fileName: join(out, `${name}.json`) },
}
