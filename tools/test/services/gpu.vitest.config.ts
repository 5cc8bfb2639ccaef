import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { inBrowser, SOFTWARE_GPU, timeouts } from '../browser-tests.ts'
import { findBrowser } from '../find-browser.ts'

const conditions = ['@som/source', ...defaultServerConditions.filter((name) => name !== 'module')]
const root = new URL('../../../packages/gpu', import.meta.url).pathname
const browser = findBrowser()

/** The contract of a backend on WebGPU, which takes minutes where the adapter computes on the CPU. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: { name: 'node', root, include: ['test/node.conformance.ts'], ...timeouts },
      },
      ...(browser === null
        ? []
        : [inBrowser(browser, { name: 'page', root, include: ['test/browser.conformance.ts'], flags: SOFTWARE_GPU })]),
    ],
  },
})
