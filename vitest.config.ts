import { existsSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { findBrowser } from './tools/test/find-browser.ts'

// Tests run from the TypeScript sources: no package is built first.
const conditions = ['@som/source', ...defaultClientConditions]
// As Node resolves: modules for bundlers (`module`) name files that Node does not find.
const nodeConditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]

// A busy machine is not a failure; a test that hangs is one. What is polled for comes when it comes, too.
const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }
const expectations = { poll: { timeout: 60_000 } }

const node: TestProjectInlineConfiguration = {
  resolve: { conditions: nodeConditions },
  ssr: { resolve: { conditions: nodeConditions } },
  test: {
    name: 'node',
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/{,*/}*.test.{mjs,ts}'],
    exclude: ['**/*.browser.test.ts'],
    ...timeouts,
    expect: expectations,
    // A test leaves its process as it found it, so files may share one: what they import is loaded once for all.
    isolate: false,
    // Every core, also the last one.
    maxWorkers: '100%',
  },
}

interface BrowserTests {
  readonly name: string
  /** The package whose tests they are. */
  readonly root: string
  readonly include: string[]
  /** Packages that the tests load, beside those of all. */
  readonly loads?: string[]
}

/** Core promises to run in a browser as it runs in Node: all its tests, except for those that need Node itself. */
const core: BrowserTests = { name: 'browser', root: 'packages/core', include: ['src/**/*.test.ts'] }

/** The WebAssembly module as a page loads it. */
const wasm: BrowserTests = { name: 'native browser', root: 'packages/native', include: ['src/**/*.browser.test.ts'] }

/** Tables as a page reads them. */
const tables: BrowserTests = {
  name: 'io browser',
  root: 'packages/io',
  include: ['src/**/*.browser.test.ts'],
  loads: ['apache-arrow', 'fzstd', 'hyparquet', 'hyparquet-compressors', 'lz4js', 'papaparse', 'valibot'],
}

const inBrowser = (
  executablePath: string,
  { name, root, include, loads = [] }: BrowserTests,
): TestProjectInlineConfiguration => ({
  root,
  resolve: { conditions },
  // Named here so that vite does not come upon them half-way and reload the page under a running test.
  optimizeDeps: {
    include: ['true-myth', 'true-myth/result', ...(root === 'packages/core' ? ['fast-check'] : []), ...loads],
  },
  test: {
    name,
    include,
    exclude: ['src/**/*.node.test.ts'],
    ...timeouts,
    // When Node's tests are done: those take every core.
    sequence: { groupOrder: 1 },
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

const hasModule = existsSync('packages/native/som-native.wasm')
if (!hasModule)
  console.warn(
    'WebAssembly tests: skipped, som-native.wasm is not built; "node packages/native/scripts/build-wasm.mjs".',
  )

const browserTests = [core, tables, ...(hasModule ? [wasm] : [])]
const inBrowsers = browser === null ? [] : browserTests.map((tests) => inBrowser(browser, tests))
export default defineConfig({ test: { projects: [node, ...inBrowsers] } })
