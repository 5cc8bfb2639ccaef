import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { findBrowser } from './tools/find-browser.ts'

// Tests run from the TypeScript sources: no package is built first.
const conditions = ['@som/source', ...defaultClientConditions]
const serverConditions = ['@som/source', ...defaultServerConditions]

// A busy machine is no failure; a test that hangs is one.
const testTimeout = 60_000

const node: TestProjectInlineConfiguration = {
  resolve: { conditions },
  ssr: { resolve: { conditions: serverConditions } },
  test: {
    name: 'node',
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/*.test.{mjs,ts}'],
    testTimeout,
  },
}

/** The tests of core, which promises to run in a browser as it runs in Node, but for those that need Node itself. */
const inBrowser = (executablePath: string): TestProjectInlineConfiguration => ({
  root: 'packages/core',
  resolve: { conditions },
  // Named here so that vite does not come upon them half-way and reload the page under a running test.
  optimizeDeps: { include: ['fast-check', 'true-myth', 'true-myth/result'] },
  test: {
    name: 'browser',
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/*.node.test.ts'],
    testTimeout,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      api: { host: '127.0.0.1' },
      provider: playwright({
        launchOptions: {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})

const browser = findBrowser()
if (browser === null)
  console.warn('Browser tests: skipped, no Chromium was found. Install one, or name one with SOM_CHROMIUM=<path>.')

export default defineConfig({ test: { projects: browser === null ? [node] : [node, inBrowser(browser)] } })
