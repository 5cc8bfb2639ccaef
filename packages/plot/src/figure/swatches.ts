import { SOFT } from './ink.ts'
import { type Figure, px, textAt } from './svg.ts'
import { shorten, textWidth } from './text-width.ts'

/** A colour and what it stands for. */
export interface Swatch {
  readonly colour: string
  readonly text: string
}

const SIZE = 12
const LINE = 18
const MOST_LINES = 6

/** Colours and their names in lines, and a caption beneath that says what they are. */
export function swatches(entries: readonly Swatch[], width: number): Figure {
  const lines: { readonly x: number; readonly entry: Swatch }[][] = [[]]
  let x = 0
  for (const entry of entries) {
    const text = shorten(entry.text, Math.min(width - 24, 220), SIZE)
    const room = textWidth(text, SIZE) + 34
    if (x > 0 && x + room - 16 > width) {
      lines.push([])
      x = 0
    }
    lines[lines.length - 1].push({ x, entry: { ...entry, text } })
    x += room
  }
  const kept = lines.slice(0, MOST_LINES)
  const body = kept.flatMap((line, row) => {
    const last = line[line.length - 1]
    const used = last === undefined ? 0 : last.x + textWidth(last.entry.text, SIZE) + 18
    const left = (width - used) / 2
    return line.map(({ x: at, entry }) => {
      const y = row * LINE
      const box = `<rect x="${px(left + at)}" y="${y}" width="12" height="12" fill="${entry.colour}" stroke="${SOFT}" stroke-width=".5"/>\n`
      return box + textAt(left + at + 18, y + 10.5, entry.text, { size: SIZE })
    })
  })
  const shown = kept.reduce((sum, line) => sum + line.length, 0)
  const more = entries.length - shown
  const rest =
    more > 0 ? textAt(width / 2, kept.length * LINE + 11, `and ${more} more`, { anchor: 'middle', size: 11 }) : ''
  return { width, height: (kept.length + (more > 0 ? 1 : 0)) * LINE, body: body.join('') + rest }
}
