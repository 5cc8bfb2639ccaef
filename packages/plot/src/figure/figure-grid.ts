import { checkNumber } from '../check.ts'
import { SOFT } from './ink.ts'
import { type Figure, placed, textAt } from './svg.ts'
import { BOLD, wrapText } from './text-width.ts'

const MARGIN = 16
const TITLE_SIZE = 16

/** Figures of one kind side by side under a title. */
export function figureGrid(parts: {
  readonly title: string
  /** Small grey lines below the title. */
  readonly notes: readonly string[]
  readonly figures: readonly Figure[]
  readonly across?: number
}): Figure {
  const { figures } = parts
  const tileWidth = figures.reduce((most, figure) => Math.max(most, figure.width), 200)
  const tileHeight = figures.reduce((most, figure) => Math.max(most, figure.height), 0)
  const across = Math.min(
    parts.across === undefined
      ? acrossOf(figures.length, tileWidth, tileHeight)
      : checkNumber('across', Math.floor(parts.across), 1),
    Math.max(1, figures.length),
  )
  const width = across * tileWidth + 2 * MARGIN
  const lines = wrapText(parts.title, width - 2 * MARGIN, BOLD * TITLE_SIZE, 2)
  const title = lines.map((line, i) =>
    textAt(width / 2, MARGIN + TITLE_SIZE + 20 * i, line, { size: TITLE_SIZE, anchor: 'middle', bold: true }),
  )
  const notes = parts.notes.flatMap((note) => wrapText(note, width - 2 * MARGIN, 11))
  const top = MARGIN + 20 * lines.length + 14 * notes.length + 4
  const small = notes.map((note, i) =>
    textAt(width / 2, top - 4 - 14 * (notes.length - 1 - i), note, { size: 11, anchor: 'middle', fill: SOFT }),
  )
  const tiles = figures.map((figure, i) =>
    placed(figure, MARGIN + (i % across) * tileWidth, top + Math.floor(i / across) * tileHeight),
  )
  const height = top + Math.ceil(figures.length / across) * tileHeight + MARGIN / 2
  return { width, height, body: title.join('') + small.join('') + tiles.join('') }
}

/** The number of columns that makes the whole about 4 : 3, with as few empty places as possible. */
function acrossOf(count: number, width: number, height: number): number {
  if (count === 0) return 1
  const wanted = Math.max(1, Math.round(Math.sqrt((count * height * 4) / (width * 3))))
  const deep = Math.ceil(count / wanted)
  return Math.max(1, Math.ceil(count / deep))
}
