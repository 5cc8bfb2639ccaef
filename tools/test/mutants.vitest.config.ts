import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

const conditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]

/**
 * The tests of one folder of a package, for mutation testing: a folder's own tests are to notice what changes in it.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [process.env.SOM_MUTANTS_TESTS ?? ''],
    exclude: ['**/*.browser.test.ts'],
    testTimeout: 120_000,
  },
})
