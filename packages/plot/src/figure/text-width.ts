/** How much wider bold text is. */
export const BOLD = 1.12

/** About how wide a line of text is, in px: there is no font to ask, so a guess on the wide side. */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const character of text) ems += emsOf(character)
  return ems * size
}

function emsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code > 0x2e80) return 1
  if ("iljtf.,;:!|'() ".includes(character)) return 0.32
  if ('mwMW@%&<>=+~_'.includes(character)) return 0.85
  return character === character.toLowerCase() ? 0.56 : 0.7
}

/** The text in lines no wider than `width` px, parted at spaces; a word wider than that is cut short with an ellipsis, and so is the last line. */
export function wrapText(text: string, width: number, size: number, most = 3): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const line = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word
    if (lines.length > 0 && textWidth(line, size) <= width) lines[lines.length - 1] = line
    else lines.push(word)
  }
  const kept = lines.slice(0, most)
  if (lines.length > most) kept[most - 1] += '…'
  return kept.map((line) => shorten(line, width, size))
}

/** The text, cut short with an ellipsis where it is wider than `width` px. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const characters = Array.from(text)
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('')}…`
}
