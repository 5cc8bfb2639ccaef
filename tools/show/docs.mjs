// Builds the docs site into out/docs and checks its links: pictures, API reference and the examples' pages are made first. What a visitor's
// browser asks for is all in that folder.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { binOf, root, runNode } from '../lib/process.mjs'
import { brokenLinks } from './docs/links.mjs'

const docs = join(root, 'docs')
const site = join(root, 'out', 'docs')
const base = process.env.SOM_DOCS_BASE ?? '/'

for (const made of ['api', 'examples', join('public', 'pictures')])
  rmSync(join(docs, made), { recursive: true, force: true })
const steps = [
  ['--conditions=@som/source', join('tools', 'show', 'docs', 'pictures.mjs'), join(docs, 'public', 'pictures')],
  [join('tools', 'show', 'docs', 'api-pages.mjs'), join(docs, 'api')],
  [join('tools', 'show', 'docs', 'example-pages.mjs'), join(docs, 'examples')],
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
