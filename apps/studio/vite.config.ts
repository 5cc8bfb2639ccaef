import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'
import { noteLicences, writeLicences } from './licences.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
/** Where the page goes: `tools/lib/studio-page.mjs` puts it in place once it is whole. */
const page = process.env.SOM_STUDIO_PAGE ?? fileURLToPath(new URL('../../packages/studio/page', import.meta.url))

export default defineConfig({
  root: here,
  // Works in any folder of any host.
  base: './',
  resolve: { conditions: ['@som/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [noteLicences(), writeLicences(page)],
  worker: { format: 'es', plugins: () => [noteLicences()] },
  build: {
    outDir: page,
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows no data: addresses for scripts and modules.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
})
