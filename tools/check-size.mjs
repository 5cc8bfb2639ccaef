// Bundles what users of core import for a browser, minified and gzipped, and holds it to a bound. A bound is what was
// reached and a little: lower it when you can, and raise it with a reason. What was wished for `train` is 12 kB. No one part
// stands in the way: without the Result library it is 0.5 kB less, without any check of samples 1.2, of options 0.7,
// without principal components 0.7. Raised by 0.5 for features made of categories and times, and for rows that are read in parts.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './process.mjs'

/** Bytes, by what is imported. */
const BOUNDS = {
  "export { train } from '@som/core'": 19_000,
  "export { match } from '@som/core'": 10_000,
  "export * from '@som/core'": 32_500,
}

let failed = 0
for (const [contents, bound] of Object.entries(BOUNDS)) {
  const bundled = await build({
    stdin: { contents, resolveDir: join(root, 'packages', 'cli') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@som/source'],
  })
  const size = gzipSync(bundled.outputFiles[0].contents, { level: 9 }).length
  if (size > bound) failed += 1
  console.log(`${contents}: ${size} bytes gzipped, expected at most ${bound}`)
}
process.exitCode = failed === 0 ? 0 : 1
