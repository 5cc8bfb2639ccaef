// Turns the changesets into versions and changelogs, and carries the versions to where they stand outside of a
// package.json: core's `VERSION`, and the crates of native, which share its version.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binOf, root, runNode } from '../lib/process.mjs'

const versionOf = (name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')).version

function rewrite(path, pattern, replacement) {
  const file = join(root, 'packages', ...path.split('/'))
  const text = readFileSync(file, 'utf8')
  if (!pattern.test(text)) throw new Error(`packages/${path}: expected ${pattern}, found no such place`)
  writeFileSync(file, text.replace(pattern, replacement))
}

const { code } = await runNode([binOf('@changesets/cli', 'changeset'), 'version'], { direct: true })
if (code !== 0) process.exit(code)

rewrite('core/src/version.ts', /'\d[^']*'/, `'${versionOf('core')}'`)
rewrite('native/Cargo.toml', /(?<=\[workspace\.package\]\nversion = ")[^"]+/, versionOf('native'))
// The crates of the workspace are those in the lock file that come from nowhere else.
rewrite('native/Cargo.lock', /(?<=\nname = "som-[\w-]+"\nversion = ")[^"]+(?="\n(?!source))/g, versionOf('native'))
