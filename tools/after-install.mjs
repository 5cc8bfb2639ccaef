// Runs after an install in the workspace's folder, whichever program made it. npm can read no pnpm catalog and installs
// nothing here, since the root has no dependencies of its own: the workspace is then installed by pnpm. After an
// install by pnpm itself there is nothing left to do but to note it, so that `npm test` does not install once more.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

if ((process.env.npm_config_user_agent ?? '').startsWith('npm/')) {
  // npm takes away what it does not know, so what is left is not an install of pnpm's any more.
  rmSync(join(root, 'node_modules'), { recursive: true, force: true })
} else process.argv.push('--installed')

await import('./setup.mjs')
