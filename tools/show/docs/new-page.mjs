// Writes what is new, from the changesets that wait for a release and the changelogs of past ones:
// `node new-page.mjs FILE`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'

const page = ["# What's new"]
const waiting = join(root, '.changeset')
const entries = readdirSync(waiting)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(join(waiting, name), 'utf8').match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/))
  .map(
    ([, packages, text]) =>
      `- ${[...packages.matchAll(/'(@som\/[\w-]+)'/g)].map(([, name]) => `\`${name}\``).join(', ')}: ${oneLine(text)}`,
  )
if (entries.length > 0) page.push('## Next release', entries.join('\n'))
for (const name of readdirSync(join(root, 'packages'))) {
  const changelog = join(root, 'packages', name, 'CHANGELOG.md')
  if (existsSync(changelog))
    page.push(
      readFileSync(changelog, 'utf8')
        .replaceAll(/^(#+) /gm, '#$1 ')
        .trim(),
    )
}
writeFileSync(process.argv[2], `${page.join('\n\n')}\n`)

function oneLine(text) {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}
