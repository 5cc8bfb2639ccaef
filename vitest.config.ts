import { existsSync } from 'node:fs'
import { defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { type BrowserTests, inBrowser, SOFTWARE_GPU, timeouts } from './tools/test/browser-tests.ts'
import { findBrowser } from './tools/test/find-browser.ts'

// From the sources, and as Node resolves: modules for bundlers (`module`) name files that Node does not find.
const nodeConditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]

// What is polled for comes when it comes, as tests end when they end.
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

/** Core promises to run in a browser as it runs in Node: all its tests, except for those that need Node itself. */
const core: BrowserTests = {
  name: 'browser',
  root: 'packages/core',
  include: ['src/**/*.test.ts'],
  loads: ['fast-check'],
}

/** The WebAssembly module as a page loads it. */
const wasm: BrowserTests = { name: 'native browser', root: 'packages/native', include: ['src/**/*.browser.test.ts'] }

/** Tables as a page reads them. */
const tables: BrowserTests = {
  name: 'io browser',
  root: 'packages/io',
  include: ['src/**/*.browser.test.ts'],
  loads: ['apache-arrow', 'fzstd', 'hyparquet', 'hyparquet-compressors', 'lz4js', 'papaparse', 'valibot'],
}

/** The shaders, on an adapter that computes on the CPU. */
const gpu: BrowserTests = {
  name: 'gpu browser',
  root: 'packages/gpu',
  include: ['src/**/*.browser.test.ts'],
  flags: SOFTWARE_GPU,
}

const browser = findBrowser()
if (browser === null)
  console.warn('Browser tests: skipped, no Chromium was found. Install one, or name one with SOM_CHROMIUM=<path>.')

const hasModule = existsSync('packages/native/som-native.wasm')
if (!hasModule)
  console.warn(
    'WebAssembly tests: skipped, som-native.wasm is not built; "node packages/native/scripts/build-wasm.mjs".',
  )

const browserTests = [core, tables, gpu, ...(hasModule ? [wasm] : [])]
const inBrowsers = browser === null ? [] : browserTests.map((tests) => inBrowser(browser, tests))
export default defineConfig({ test: { projects: [node, ...inBrowsers] } })
