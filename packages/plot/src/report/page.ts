import { escapeText } from '../figure/svg.ts'
import { STYLE } from './style.ts'

/** Nothing may be downloaded, whatever the data contain. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"

/**
 * A complete HTML page that works offline. `title` is text, `parts` are HTML: text in them must be escaped by
 * `escapeText`.
 */
export function page(title: string, parts: readonly string[]): string {
  const safe = escapeText(title)
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${safe}</title>\n<style>${STYLE}</style>\n</head>\n<body>`,
    `<h1>${safe}</h1>`,
    ...parts,
    '</body>\n</html>\n',
  ].join('\n')
}
