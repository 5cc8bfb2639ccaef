import { escapeText } from '../figure/svg.ts'
import { STYLE } from './style.ts'

/** Nothing may be fetched, whatever is in the data. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"

/** A whole HTML page that opens offline. `title` is text, `parts` are HTML: text in them must have gone through `escapeText`. */
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
