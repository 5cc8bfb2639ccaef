import { gradientsIn } from './gradients.ts'
import { DARK_STYLE, DRAWING, INK, PAPER } from './ink.ts'

/** A drawing: its size in px, and its SVG elements, with 0, 0 at the upper left corner. */
export interface Figure {
  readonly width: number
  readonly height: number
  readonly body: string
}

// Font families that every system has or substitutes; nothing is downloaded.
const FONT = 'Helvetica, Arial, sans-serif'

/**
 * A whole SVG file around a figure. `title` is what hovering shows, and what a screen reader says before the whole of
 * what is written in short. On a dark page it is dark.
 */
export function svgDocument(figure: Figure, title: string): string {
  const label = [escapeText(title), ...wholeNames(figure.body)].join(', ')
  const width = px(figure.width)
  const height = px(figure.height)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` class="${DRAWING}" role="img" aria-label="${label}" font-family="${FONT}" font-size="12" fill="${INK}">\n`,
    `<title>${escapeText(title)}</title>\n`,
    `${DARK_STYLE}\n`,
    gradientsIn(figure.body),
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>\n`,
    figure.body,
    '</svg>\n',
  ].join('')
}

/** What the tooltips of a drawing say, as XML, each once. */
function wholeNames(body: string): string[] {
  return [...new Set(Array.from(body.matchAll(/<title>(.*?)<\/title>/g), ([, name]) => name))]
}

/** A figure's elements moved to x, y. */
export function placed(figure: Figure, x: number, y: number): string {
  return `<g transform="translate(${px(x)} ${px(y)})">\n${figure.body}</g>\n`
}

/**
 * Escapes text from data for an element or a double-quoted attribute. Characters that XML cannot hold become U+FFFD.
 */
export function escapeText(text: string): string {
  let safe = ''
  for (const character of text) safe += entities[character] ?? (isXml(character) ? character : '\uFFFD')
  return safe
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
}

/** The characters of XML 1.0, section 2.2. An unpaired surrogate is not a character. */
function isXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return false
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)
}

/** A length to a hundredth of a px, in the shortest form. */
export function px(value: number): string {
  const text = String(Math.round(value * 100) / 100)
  if (text === '0' || text === '-0') return '0'
  return text.replace(/^(-?)0\./, '$1.')
}

/** Numbers of a path one after another, with a space only where one is needed. */
export function join(...values: readonly number[]): string {
  return values
    .map(px)
    .reduce((path, text) => (path === '' || text.startsWith('-') ? path + text : `${path} ${text}`), '')
}

/** The style of a line of text. */
export interface TextStyle {
  /** Size in px: 12. */
  readonly size?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  readonly fill?: string
  /** Colour of a rim behind the letters, for text on top of lines. */
  readonly rim?: string
  /** The whole of what the text has in short: it is in a tooltip where it is not the text itself. */
  readonly whole?: string
}

/** One line of text with its baseline at y. */
export function textAt(x: number, y: number, text: string, style: TextStyle = {}): string {
  const size = style.size === undefined ? '' : ` font-size="${px(style.size)}"`
  const anchor = style.anchor === undefined || style.anchor === 'start' ? '' : ` text-anchor="${style.anchor}"`
  const weight = style.bold ? ' font-weight="bold"' : ''
  const fill = style.fill === undefined ? '' : ` fill="${style.fill}"`
  const rim =
    style.rim === undefined
      ? ''
      : ` stroke="${style.rim}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`
  const whole = style.whole === undefined || style.whole === text ? '' : `<title>${escapeText(style.whole)}</title>`
  return `<text x="${px(x)}" y="${px(y)}"${size}${anchor}${weight}${fill}${rim}>${whole}${escapeText(text)}</text>\n`
}
