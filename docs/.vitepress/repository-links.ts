import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const REPOSITORY = 'https://github.com/som-maps/som/blob/main/'

/** Where the site shows what lies beside docs/ in the repository; the rest is shown there. */
const shown: readonly [RegExp, string][] = [
  [/^examples\/([\w-]+)(\/README\.md)?$/, '/examples/$1'],
  [/^packages\/([\w-]+)(\/README\.md)?$/, '/api/$1'],
]

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
  const place = shown.find(([pattern]) => pattern.test(path))
  return place ? path.replace(...place) : REPOSITORY + path
}
