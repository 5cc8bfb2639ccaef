/** How much wider bold text is. */
export const BOLD = 1.12

/** The approximate width of a line of text in px. There is no font to measure, so the estimate is generous. */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const character of text) ems += emsOf(character)
  return ems * size
}

function emsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code > 0x2e80 || character === '…') return 1
  if ("iljtf.,;:!|'() ".includes(character)) return 0.32
  if ('mwMW@%&<>=+~_'.includes(character)) return 0.85
  return character === character.toLowerCase() ? 0.56 : 0.7
}

/**
 * The text in lines no wider than `width` px, parted at spaces; a word wider than that loses its middle, and so does
 * the last line where there are more than `most`.
 */
export function wrapText(text: string, width: number, size: number, most = 3): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const line = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word
    if (lines.length > 0 && textWidth(line, size) <= width) lines[lines.length - 1] = line
    else lines.push(word)
  }
  // What is too much goes into the last line, so that its end is seen there.
  const kept = [...lines.slice(0, most - 1), ...(lines.length >= most ? [lines.slice(most - 1).join(' ')] : [])]
  return kept.map((line) => shorten(line, width, size))
}

/** More characters than any line has: only the first and the last of a longer text are looked at. */
const LONGEST = 400

/** The text, an ellipsis in place of its middle where it is wider than `width` px: names often differ at their ends. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const characters = Array.from(text)
  let kept = Math.min(characters.length, LONGEST)
  let short: string
  do {
    kept--
    const end = Math.floor(kept / 3)
    short = `${characters.slice(0, kept - end).join('')}…${end === 0 ? '' : characters.slice(-end).join('')}`
  } while (kept > 1 && textWidth(short, size) > width)
  return short
}
