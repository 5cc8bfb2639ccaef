import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** Tests against real programs that the project's users have beside it: Python's packages so far. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@som/source', ...defaultServerConditions] } },
  test: {
    name: 'services',
    root: import.meta.dirname,
    include: ['*.services.ts'],
    // One after the other: the first one makes the environment.
    fileParallelism: false,
    // The first run of a machine installs packages.
    hookTimeout: 600_000,
    testTimeout: 120_000,
  },
})
