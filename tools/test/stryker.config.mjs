// Mutation testing within a package, which is the working folder; `mutants.mjs` says what is changed.
import { join } from 'node:path'
import { root } from '../lib/process.mjs'

const { SOM_MUTANTS_OF: changed, SOM_MUTANTS_NAME: name } = process.env
const out = join(root, 'out', 'mutants')

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: join(root, 'tools', 'test', 'mutants.vitest.config.ts'), related: false },
  mutate: [...changed.split(','), '!**/*.test.ts', '!**/index.ts', '!**/testing/**'],
  // What tsconfig.json refers to does not lie beside a copy; the workspace's own serves it.
  ignorePatterns: ['dist', 'target', 'npm', '*.node', '*.wasm', 'tsconfig.json'],
  // Within the repository, so that its packages are found.
  tempDirName: join(out, 'sandbox'),
  coverageAnalysis: 'perTest',
  // Tests run as often as there are changes: those with a hundred drawn cases take long enough.
  timeoutMS: 30_000,
  reporters: ['progress-append-only', 'clear-text', 'html'],
  clearTextReporter: { reportTests: false, logTests: false },
  htmlReporter: { fileName: join(out, `${name}.html`) },
}
