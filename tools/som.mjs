// The som command from a checkout: `npm run -s som -- train data.csv -o map.som`. Runs in this very process, from the
// TypeScript sources, in the folder from which npm was called.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../packages/cli/src/main.ts', import.meta.url)

// What the commands that som prints begin with.
process.env.SOM_CALLED_AS ??= 'npm run -s som --'

// npm runs scripts in the workspace's folder and leaves the caller's here.
const caller = process.env.INIT_CWD
if (caller && existsSync(caller)) process.chdir(caller)

process.argv[1] = fileURLToPath(main)

// Node reads TypeScript from 22.18 on. On older versions tsx does, here and in every process that this one forks: a
// fork takes over `process.execArgv`.
if (!process.features.typescript) {
  process.execArgv.push('--import', import.meta.resolve('tsx'))
  ;(await import('tsx/esm/api')).register()
}

// The page of the studio is built, so that it is that of these sources.
if (process.argv.includes('studio')) await (await import('./lib/studio-page.mjs')).ensureStudioPage()

await import(main.href)
