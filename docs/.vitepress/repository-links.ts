import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const REPOSITORY = 'https://github.com/som-maps/som/blob/main/'

/** Where the site shows what lies beside docs/ in the repository; the rest is shown there. */
const shown: readonly [RegExp, (name: string) => string][] = [
  [/^examples\/([\w-]+)(?:\/README\.md)?$/, (name) => `/examples/${name}`],
  [/^packages\/([\w-]+)(?:\/README\.md)?$/, (name) => (hasOnePage(name) ? `/api/${name}` : `/api/${name}/`)],
]

/** The API of a package is one page, or a folder of one page per topic. */
const hasOnePage = (name: string): boolean => existsSync(new URL(`../api/${name}.md`, import.meta.url))

/** Makes links that leave docs/, which are right in the repository, right on the site. */
export function repositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' && token.attrGet('href')
      if (href) token.attrSet('href', onSite(href, env.relativePath ?? ''))
    }
  })
}

function onSite(href: string, page: string): string {
  if (!href.startsWith('.')) return href
  const path = posix.join('docs', posix.dirname(page), href)
  if (path.startsWith('docs/')) return href
  for (const [pattern, placeOf] of shown) {
    const name = pattern.exec(path)?.[1]
    if (name !== undefined) return placeOf(name)
  }
  return REPOSITORY + path
}
