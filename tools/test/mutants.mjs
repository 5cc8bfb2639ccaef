// Changes the sources of a folder one small change at a time, and counts the changes that no test of that folder
// notices: mutation testing, by Stryker. `npm run test:mutants -- packages/core/src/map` takes minutes; without a
// folder, all of core and io take hours.
import { existsSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { binOf, root, runNode } from '../lib/process.mjs'

const named = process.argv.slice(2)
const rooms = named.length > 0 ? named : ['packages/core/src', 'packages/io/src']
const config = join(root, 'tools', 'test', 'stryker.config.mjs')

let failed = 0
for (const room of rooms) {
  const [packages, name, ...within] = relative(root, resolve(root, room)).split(sep)
  const folder = join(root, packages, name ?? '')
  if (packages !== 'packages' || within[0] !== 'src' || !existsSync(join(folder, ...within))) {
    console.error(`expected a folder of sources such as packages/core/src/map, found ${room}`)
    failed += 1
    continue
  }
  const env = {
    SOM_MUTANTS_OF: within.join('/'),
    SOM_MUTANTS_NAME: [name, ...within.slice(1)].map((part) => basename(part)).join('-'),
  }
  const { code } = await runNode([binOf('@stryker-mutator/core', 'stryker'), 'run', config], {
    direct: true,
    cwd: folder,
    env,
  })
  if (code !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
