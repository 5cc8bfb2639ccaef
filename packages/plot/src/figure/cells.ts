import type { Cell } from '@som/core'
import type { ColourScale } from './colour-scale.ts'
import { MISSING, PAPER } from './ink.ts'
import { escapeText, join, px } from './svg.ts'
import { CELL_STEPS, cellWidth, type Tiling } from './tiling.ts'

/** Cells narrower than this (px) are drawn without lines between them. */
const NARROW = 8
/** A hexagon narrower than this (px) looks like a brick of the same area, which takes a fifth of the characters. */
const BRICK = 2

/** Every cell in the colour of its value: one path per colour, so that a large map is a small file. */
export function cells(tiling: Tiling, values: ArrayLike<number>, scale: ColourScale): string {
  return cellsOfColours(
    tiling,
    Array.from(values, (value) => scale.levelOf(value)),
    scale.palette,
  )
}

/** Every cell in `colours[levels[i]]`, those at -1 empty; `names` are the tooltips of the colours. */
export function cellsOfColours(
  tiling: Tiling,
  levels: ArrayLike<number>,
  colours: readonly string[],
  names: readonly string[] = [],
): string {
  const narrow = cellWidth(tiling) < NARROW
  // Narrow cells are drawn on an integer grid and scaled, which takes a third of the characters.
  const stepX = narrow ? 1 : tiling.stepX
  const stepY = narrow ? 1 : tiling.stepY
  const outline = tiling.cell === 'rectangular' ? row : cellWidth(tiling) < BRICK ? bricks : hexagons
  const paths = new Map<number, string[]>()
  for (let from = 0, to = 0; from < levels.length; from = to) {
    to = narrow ? endOfRun(tiling, levels, from) : from + 1
    const path = paths.get(levels[from])
    const piece = outline(tiling.gridX[from], tiling.gridY[from], to - from, stepX, stepY)
    if (path === undefined) paths.set(levels[from], [piece])
    else path.push(piece)
  }
  const lines = narrow ? narrowLines[tiling.cell](tiling.stepX) : wideLines(cellWidth(tiling))
  const elements = [...paths.keys()]
    .sort((a, b) => a - b)
    .map((level) => {
      const colour = level < 0 ? MISSING : colours[level]
      const stroke = lines.stroke(colour)
      const name = names[level] === undefined ? '/>' : `><title>${escapeText(names[level])}</title></path>`
      return `<path fill="${colour}"${stroke === null ? '' : ` stroke="${stroke}"`} d="${paths.get(level)?.join('')}"${name}\n`
    })
  const transform = narrow ? ` transform="scale(${fine(tiling.stepX)} ${fine(tiling.stepY)})"` : ''
  return `<g${transform}${lines.attributes}>\n${elements.join('')}</g>\n`
}

interface Lines {
  readonly attributes: string
  stroke(colour: string): string | null
}

/** A line in the paper's colour parts cells that are wide enough, thin beside them. */
const wideLines = (width: number): Lines => ({
  attributes: ` stroke-width="${px(Math.min(1, width / 18))}"`,
  stroke: () => PAPER,
})

/** Adjacent slanted edges are both half transparent; a line in the cell's own colour covers the gap. */
const narrowLines: Record<Cell, (step: number) => Lines> = {
  rectangular: () => ({ attributes: ' shape-rendering="crispEdges"', stroke: () => null }),
  hexagonal: (step) => ({ attributes: ` stroke-width="${px(0.9 / step)}"`, stroke: (colour) => colour }),
}

function endOfRun(tiling: Tiling, levels: ArrayLike<number>, from: number): number {
  const { gridX, gridY } = tiling
  const { width } = CELL_STEPS[tiling.cell]
  let to = from + 1
  while (
    to < levels.length &&
    levels[to] === levels[from] &&
    gridY[to] === gridY[from] &&
    gridX[to] === gridX[to - 1] + width
  ) {
    to++
  }
  return to
}

/** The outline of `n` cells side by side, the first with its upper left corner at x, y. */
type Outline = (x: number, y: number, n: number, stepX: number, stepY: number) => string

const row: Outline = (x, y, n, stepX, stepY) =>
  `M${join(x * stepX, y * stepY)}h${px(n * stepX)}v${px(stepY)}h${px(-n * stepX)}z`

const bricks: Outline = (x, y, n) => `M${x} ${y + 0.5}h${2 * n}v3h${-2 * n}z`

const hexagons: Outline = (x, y, n, stepX, stepY) => {
  const over = Array.from({ length: n }, () => join(stepX, -stepY, stepX, stepY)).join(' ')
  const under = join(...Array.from({ length: n }, () => [-stepX, stepY, -stepX, -stepY]).flat())
  return `M${join(x * stepX, (y + 1) * stepY)}l${over}v${px(2 * stepY)}l${under}z`
}

/** A scale has more digits than a length, since it is multiplied by hundreds of cells. */
function fine(value: number): string {
  return String(Number(value.toPrecision(6)))
}
