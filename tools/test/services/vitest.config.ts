import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// As Node resolves: modules for bundlers (`module`) name files that Node does not find.
const conditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]

/** Tests against real programs that the project's users have beside it: Python's packages so far. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
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
