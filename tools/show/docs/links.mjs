// Finds the links of a built site that lead nowhere: to a page, a picture or a heading that it does not have.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

const decode = (text) => decodeURIComponent(text.replaceAll('&amp;', '&'))

/** Each broken link of the site in `folder`, as `page: link`. */
export function brokenLinks(folder, base = '/') {
  const pages = readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'))
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]))
  const anchors = new Map([...texts].map(([page, text]) => [page, new Set(attributes(text, 'id'))]))

  const leads = (page, link) => {
    const [path, anchor] = link.split('#')
    const absolute = path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(page), path)
    const file = path === '' ? page : fileOf(folder, decode(absolute))
    if (file === null) return false
    return !anchor || !anchors.has(file) || anchors.get(file).has(decode(anchor))
  }
  return [...texts].flatMap(([page, text]) =>
    [...new Set([...attributes(text, 'href'), ...attributes(text, 'src')])]
      .filter((link) => !/^(https?:|mailto:|data:)/.test(link) && !leads(page, link))
      .map((link) => `${page}: ${link}`),
  )
}

const attributes = (text, name) => [...text.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value)

function fileOf(folder, path) {
  const candidates = [path, `${path}.html`, posix.join(path, 'index.html')]
  const found = candidates.find((name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isFile())
  return found ?? null
}
