// Bundles what users of core import for a browser, minified, cut where core imports when it is asked to, and gzipped
// file by file as a server sends them. Held to bounds: what a page fetches before it can call the function, and
// everything that the function can fetch later. A bound is what was reached and a little: lower it when you can, and
// raise it with a reason.
//
// `train` is available for 14.1 kB: 12 kB until samples could be weighed in preprocessing, names within options were
// checked and suggested, and records became samples, and 13.7 until options became one table, of which flags, schemas
// and pages are made too. That is options and samples checked and rows made ready; how a map starts, how epochs run and
// the arithmetic of `js()` come when they are needed, so that a page whose options have issues, or that trains on
// WebAssembly, never fetches what it does not use. This moves bytes, it does not save them: all of a run on `js()` is
// 23 kB in 13 files, and 19.8 kB where a bundler makes one of them. That one was 18.8 before it was cut. No one part
// stands in the way of less (suggestions for misspelt names, which all checks share, are 0.6 kB of it): without prose
// in messages it would be 1.5 kB smaller, without any check 3.4, without principal components 0.7, without the Result
// library 0.4.
//
// All of core grew by 2 kB with what a map says about a row in every format, and with what `tune` weighs, and by 6 kB
// with groups of any shape. Loading those later was tried: cutting shared code into more files cost `train` 1 kB. It
// grew by 9 kB with predictions, by 1 kB with preparation and measures on typed arrays, and by 4 kB with rows on a
// plane.
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from '../lib/process.mjs'

/** Bytes, by what is imported: `first` before it can be called, `all` with what it can load later. */
const BOUNDS = {
  // With layers and four more metrics: 2.5 KB of checks, scales and definitions, of which matching has a third. With
  // statistics of rows over chunks, which anyone may hold: 1.5 KB, and 2 KB more for rows that workers hold.
  "export { train } from '@som/core'": { first: 20_000, all: 37_500 },
  "export { match } from '@som/core'": { first: 11_800, all: 18_700 },
  // With rows in no cluster, clusters by density, as mixtures and basins, the comparison of maps, and EmbedSOM.
  "export * from '@som/core'": { first: 84_500, all: 95_200 },
  // 9 KB of its own, half of which is shaders; the rest is what it uses of core, and what `train` can load later.
  "export { gpu } from '@som/gpu'": { first: 19_800, all: 24_300 },
}

async function sizesOf(contents) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'packages', 'cli') },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: join(root, 'out', 'size'),
    absWorkingDir: root,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@som/source'],
  })
  const bytes = new Map(
    outputFiles.map(({ path, contents: code }) => [
      relative(root, path).replaceAll('\\', '/'),
      gzipSync(code, { level: 9 }).length,
    ]),
  )
  const entry = Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint === '<stdin>')
  /** Bytes of a file and of those that it imports in these ways, each counted once. */
  const bytesFrom = (name, kinds, seen = new Set()) => {
    if (seen.has(name)) return 0
    seen.add(name)
    const imports = metafile.outputs[name].imports.filter(({ kind }) => kinds.includes(kind))
    return imports.reduce((sum, { path }) => sum + bytesFrom(path, kinds, seen), bytes.get(name))
  }
  const atOnce = ['import-statement']
  return { first: bytesFrom(entry, atOnce), all: bytesFrom(entry, [...atOnce, 'dynamic-import']) }
}

let failed = 0
for (const [contents, bounds] of Object.entries(BOUNDS)) {
  const sizes = await sizesOf(contents)
  for (const part of ['first', 'all']) {
    if (sizes[part] > bounds[part]) failed += 1
    console.log(`${contents}: ${part}: ${sizes[part]} bytes gzipped, expected at most ${bounds[part]}`)
  }
}
process.exitCode = failed === 0 ? 0 : 1
