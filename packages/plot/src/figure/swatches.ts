import { SOFT } from './ink.ts'
import { type Figure, px, textAt } from './svg.ts'
import { shorten, textWidth } from './text-width.ts'

/** A colour and its meaning. */
export interface Swatch {
  readonly colour: string
  readonly text: string
  /** The whole of a name that `text` has in short. */
  readonly whole?: string
}

const SIZE = 12
const LINE = 18
const WIDEST = 220

/**
 * Colours and their names, each of them, in lines; in columns where that takes no more than a line. A name that is cut
 * is whole in its tooltip.
 */
export function swatches(entries: readonly Swatch[], width: number): Figure {
  const short = entries.map(({ colour, text, whole = text }) => {
    const shown = shorten(text, Math.min(width - 24, WIDEST), SIZE)
    return { colour, whole, text: shown, room: textWidth(shown, SIZE) + 34 }
  })
  const widest = short.reduce((most, { room }) => Math.max(most, room), 0)
  const free = linesOf(short, width)
  const even = linesOf(
    short.map((entry) => ({ ...entry, room: widest })),
    width,
  )
  const lines = free.length > 1 && even.length <= free.length + 1 ? even : free
  const columns = lines === even
  const used = (line: readonly Placed[]): number => line.reduce((sum, { room }) => sum + room, -16)
  const body = lines.flatMap((line, row) => {
    const left = (width - used(columns ? lines[0] : line)) / 2
    const y = row * LINE
    return line.map(({ x, colour, text, whole }) => {
      const box = `<rect x="${px(left + x)}" y="${y}" width="12" height="12" fill="${colour}" stroke="${SOFT}" stroke-width=".5"/>\n`
      return box + textAt(left + x + 18, y + 10.5, text, { size: SIZE, whole })
    })
  })
  return { width, height: lines.length * LINE, body: body.join('') }
}

interface Entry extends Required<Swatch> {
  /** px with what is between it and the next. */
  readonly room: number
}

interface Placed extends Entry {
  readonly x: number
}

function linesOf(entries: readonly Entry[], width: number): Placed[][] {
  const lines: Placed[][] = [[]]
  let x = 0
  for (const entry of entries) {
    if (x > 0 && x + entry.room - 16 > width) {
      lines.push([])
      x = 0
    }
    lines[lines.length - 1].push({ ...entry, x })
    x += entry.room
  }
  return lines
}
