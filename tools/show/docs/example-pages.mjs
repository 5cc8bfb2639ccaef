// Makes a page of each example's README, with its pictures where they are: `node example-pages.mjs FOLDER`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { root } from '../../lib/process.mjs'

const folder = process.argv[2]
const pages = relative(root, folder).replaceAll('\\', '/')

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(join(root, 'examples'))) {
  const readme = join(root, 'examples', name, 'README.md')
  if (existsSync(readme)) writeFileSync(join(folder, `${name}.md`), moved(readFileSync(readme, 'utf8'), name))
}

/** The text with its relative links as they are from the pages' folder. */
function moved(text, name) {
  return text.replace(/\]\((?!\w+:|[#/])([^)]+)\)/g, (_, link) => {
    const path = posix.relative(pages, posix.join('examples', name, link))
    return `](${path.startsWith('.') ? path : `./${path}`})`
  })
}
