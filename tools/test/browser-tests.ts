// How vitest runs tests in a Chromium.
import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions } from 'vite'
import type { TestProjectInlineConfiguration } from 'vitest/config'

export interface BrowserTests {
  readonly name: string
  /** The package whose tests they are. */
  readonly root: string
  readonly include: string[]
  /** Packages that the tests load, beside those of all. */
  readonly loads?: string[]
  /** Flags of the browser, beside those of all. */
  readonly flags?: string[]
}

/** WebGPU on the adapter that computes on the CPU, which every Chromium has. */
export const SOFTWARE_GPU: string[] = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']

// A busy machine is not a failure; a test that hangs is one.
export const timeouts: { testTimeout: number; hookTimeout: number } = { testTimeout: 120_000, hookTimeout: 120_000 }

// Tests run from the TypeScript sources: no package is built first.
const conditions = ['@som/source', ...defaultClientConditions]

const CORE = 'packages/core'

/** The Result library, which core depends on. */
const RESULT = ['true-myth', 'true-myth/result']

export const inBrowser = (
  executablePath: string,
  { name, root, include, loads = [], flags = [] }: BrowserTests,
): TestProjectInlineConfiguration => ({
  root,
  resolve: { conditions },
  // Named here so that vite does not come upon them half-way and reload the page under a running test.
  optimizeDeps: { include: [...RESULT.map((name) => (root === CORE ? name : `@som/core > ${name}`)), ...loads] },
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
            ...flags,
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
