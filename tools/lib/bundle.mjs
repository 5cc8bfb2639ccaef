// Makes of all that the "node" entry of a package loads one file, dist/node.js: Node looks for, reads and compiles each
// file on its own, which for core's eighty took longer than a first epoch. Other packages stay imports. Pages keep the
// modules of dist, which bundlers drop and cut file by file. `node tools/lib/bundle.mjs [folder …]` bundles these
// packages, or every one that has such an entry.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

/** The oldest Node that the packages run on. */
const TARGET = 'node20'

/** Where the entry for Node of the package in `folder` lies in it; undefined where it has none of its own. */
const nodeEntry = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports['.'].node

/** What is bundled: `src/node.ts` where a package has more than one entry, and `src/index.ts` elsewhere. */
const bundledSource = (folder) =>
  ['node.ts', 'index.ts'].map((name) => join(folder, 'src', name)).find((path) => existsSync(path))

/** The folders of all packages that have an entry for Node. */
export const bundledPackages = () =>
  readdirSync(packages)
    .map((name) => join(packages, name))
    .filter(nodeEntry)

/** Bundles the sources of a package; `into` is the folder of the package that gets the result. */
export async function bundle(folder, into = folder) {
  await build({
    entryPoints: [bundledSource(folder)],
    outfile: join(into, nodeEntry(folder)),
    bundle: true,
    // What is imported lazily comes along, and runs when it is requested.
    splitting: false,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: TARGET,
    // The sources are published beside it.
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2).map((folder) => resolve(folder))
  await Promise.all((named.length > 0 ? named : bundledPackages()).map((folder) => bundle(folder)))
}
