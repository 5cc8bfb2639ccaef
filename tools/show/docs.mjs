// Builds the docs site into out/docs and checks its links. Pictures and the pages of the API, the commands, the
// examples and what is new are made first. The folder contains everything that a visitor's browser requests.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { binOf, root, runNode } from '../lib/process.mjs'
import { brokenLinks } from './docs/links.mjs'

const docs = join(root, 'docs')
const site = join(root, 'out', 'docs')
const base = process.env.SOM_DOCS_BASE ?? '/'

for (const made of ['api', 'commands', 'examples', 'new.md', join('public', 'pictures')])
  rmSync(join(docs, made), { recursive: true, force: true })
const steps = [
  ['--conditions=@som/source', join('tools', 'show', 'docs', 'pictures.mjs'), join(docs, 'public', 'pictures')],
  [join('tools', 'show', 'docs', 'api-pages.mjs'), join(docs, 'api')],
  ['--conditions=@som/source', join('tools', 'show', 'docs', 'command-pages.mjs'), join(docs, 'commands')],
  [join('tools', 'show', 'docs', 'example-pages.mjs'), join(docs, 'examples')],
  [join('tools', 'show', 'docs', 'new-page.mjs'), join(docs, 'new.md')],
  [binOf('vitepress'), 'build', docs],
]
for (const step of steps) {
  const { code, output } = await runNode(step)
  if (code === 0) continue
  console.log(output)
  process.exit(1)
}
const broken = brokenLinks(site, base)
for (const link of broken) console.log(`broken link: ${link}`)
console.log(`The site is in ${site}`)
process.exitCode = broken.length === 0 ? 0 : 1
