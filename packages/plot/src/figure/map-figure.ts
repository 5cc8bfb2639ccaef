import type { Lattice } from '@som/core'
import { INK, SOFT } from './ink.ts'
import { type Figure, placed, textAt } from './svg.ts'
import { BOLD, wrapText } from './text-width.ts'
import type { Tiling } from './tiling.ts'

const MARGIN = 16
const TITLE_SIZE = 15
/** Space between the parts of a figure. */
const GAP = 12
/** Text has at least this width (px), however narrow the map is. */
const NARROWEST = 260
const PANEL = { narrowest: 160, titleSize: 13 }
/** Distance of a seam's line from the cells. */
const SEAM = 5

/** Title, map and the text below it. */
export interface MapFigure {
  readonly title: string
  /** The whole of a title that is short. */
  readonly whole?: string
  readonly lattice: Lattice
  /** Width and height of the map in px. */
  readonly tiling: Pick<Tiling, 'width' | 'height'>
  /** The elements of the map, in px from its upper left corner. */
  readonly map: string
  /** The parts below the map, from top to bottom, made for a width. */
  readonly below: readonly ((width: number) => Figure)[]
  /** Whether it is one of many: then text is smaller, and notes on all of them are left to the whole. */
  readonly panel?: boolean
}

/** A map with its title, its seams if the shape wraps, and its legend. */
export function mapFigure(parts: MapFigure): Figure {
  const { tiling, lattice } = parts
  const titleSize = parts.panel ? PANEL.titleSize : TITLE_SIZE
  const inner = Math.max(tiling.width + 2 * SEAM, parts.panel ? PANEL.narrowest : NARROWEST)
  const width = Math.ceil(inner + 2 * MARGIN)
  const middle = width / 2
  const lines = wrapText(parts.title, inner, BOLD * titleSize, 2)
  const { whole = parts.title } = parts
  const cut = lines.join(' ') !== whole.split(/\s+/).filter(Boolean).join(' ')
  const title = lines.map((line, i) =>
    textAt(middle, MARGIN + titleSize + 19 * i, line, {
      ...{ size: titleSize, anchor: 'middle', bold: true },
      ...(cut && { whole }),
    }),
  )
  let y = MARGIN + 19 * lines.length + GAP
  const map = { width: tiling.width, height: tiling.height, body: parts.map + seams(lattice, tiling) }
  let body = title.join('') + placed(map, (width - tiling.width) / 2, y)
  y += tiling.height + GAP + (lattice.shape === 'toroid' ? SEAM : 0)
  const seam = parts.panel ? '' : seamNote(lattice)
  for (const make of seam === '' ? parts.below : [...parts.below, note(seam)]) {
    const figure = make(inner)
    body += placed(figure, MARGIN, y)
    y += figure.height + GAP / 2
  }
  return { width, height: Math.ceil(y + MARGIN - GAP / 2), body }
}

/** Lines of small grey text below a map. */
export function note(text: string): (width: number) => Figure {
  return (width) => {
    const lines = wrapText(text, width, 11, 4)
    const body = lines.map((line, i) =>
      textAt(width / 2, 11 + 14 * i, line, { size: 11, anchor: 'middle', fill: SOFT }),
    )
    return { width, height: 14 * lines.length, body: body.join('') }
  }
}

/** Dashed lines along the edges that are joined. */
function seams(lattice: Lattice, { width, height }: MapFigure['tiling']): string {
  if (lattice.shape === 'sheet') return ''
  const sides = [`M${-SEAM} 0V${height}M${width + SEAM} 0V${height}`]
  if (lattice.shape === 'toroid') sides.push(`M0 ${-SEAM}H${width}M0 ${height + SEAM}H${width}`)
  return `<path fill="none" stroke="${INK}" stroke-width="1.5" stroke-dasharray="6 4" d="${sides.join('').replace(/(\.\d\d)\d+/g, '$1')}"/>\n`
}

/** The meaning of the dashed lines; empty if there are none. */
export function seamNote(lattice: Lattice): string {
  if (lattice.shape === 'sheet') return ''
  return `Dashed edges are joined, ${lattice.shape === 'cylinder' ? 'left to right' : 'left to right and top to bottom'}`
}
