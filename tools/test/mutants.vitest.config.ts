import { statSync } from 'node:fs'
import { defaultServerConditions } from 'vite'
import type { RunnerTestCase, RunnerTestFile } from 'vitest'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type Reporter, type TestModule, type TestSpecification } from 'vitest/node'

const conditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]

/** Small files first, since the first test that fails ends a run; those that compare with other programs last. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification) => statSync(moduleId).size * (moduleId.includes('.node.') ? 100 : 1)
    return files.toSorted((a, b) => cost(a) - cost(b))
  }
}

/** A file that cannot be loaded has noticed the change. Stryker only counts tests, so it gets one, which has failed. */
const countFilesThatDoNotLoad: Reporter = {
  onTestModuleEnd(module: TestModule) {
    const [error] = module.errors()
    if (error === undefined) return
    const { task: file } = module as unknown as { readonly task: RunnerTestFile }
    const id = `${file.id}_load`
    const result = { state: 'fail', errors: [error] }
    const test = { id, name: 'can be loaded', type: 'test', mode: 'run', file, suite: file, result, meta: {} }
    file.tasks.push(test as unknown as RunnerTestCase)
  },
}

/** The tests of a package, for mutation testing. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: (process.env.SOM_MUTANTS_TESTS ?? 'src/**/*.test.ts').split(','),
    exclude: ['**/*.browser.test.ts', ...(process.env.SOM_MUTANTS_LEAVE ?? '').split(',')],
    testTimeout: 120_000,
    // As in `npm test`; each change has a process of its own, which loads every file again.
    isolate: false,
    sequence: { sequencer: QuickFirst },
    reporters: [countFilesThatDoNotLoad],
  },
})
