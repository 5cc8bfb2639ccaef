import { channelOf, channelsOf } from './channels.ts'
import { drawPies, NARROW_PIE, type Pies } from './pies.ts'
import { centreOf, type Placing } from './placing.ts'

/** What is drawn in each unit. */
export interface Drawn {
  /** The colour of each unit by its place in `colours`; -1 for none. */
  readonly levels: ArrayLike<number>
  readonly colours: readonly string[]
  /** Share of a cell's width that is filled, 0 to 1; the whole where absent. */
  readonly sizes?: ArrayLike<number>
  /** The group of each unit: lines are drawn where groups meet. */
  readonly groups?: ArrayLike<number>
  /** Rows of each class per unit: drawn as pies where cells are wide enough. */
  readonly pies?: Pies
  /** 1 for units that are chosen; all are shown alike where none is. */
  readonly chosen: Uint8Array | null
  readonly hovered: number
  /** The unit that the keyboard is at; -1 where it is elsewhere. */
  readonly cursor: number
  readonly ink: string
  readonly paper: string
  /** The colour of units without a value. */
  readonly empty: string
}

/** Cells narrower than this (px) are drawn without lines between them: as dots of an image if all are filled. */
const NARROW = 7
/** In narrower ones a line around each chosen cell would hide its colour. */
const OUTLINED = 16
/** Narrower ones are always drawn as dots, and no border fits between them. */
const DOTS = 2.5

/** Draws a map into a context whose unit is one px. */
export function drawMap(context: CanvasRenderingContext2D, placing: Placing, drawn: Drawn): void {
  const { lattice, step } = placing
  const units = lattice.rows * lattice.columns
  const faded = drawn.chosen?.includes(1) ? drawn.chosen : null
  if (step < DOTS || (step < NARROW && !drawn.sizes)) drawDots(context, placing, drawn, faded)
  else drawCells(context, placing, drawn, faded, units)
  if (drawn.pies && step >= NARROW_PIE)
    drawPies(context, placing, drawn.pies, drawn.colours, (unit) => (faded?.[unit] === 0 ? FADED : 1))
  if (drawn.groups && step >= DOTS) drawBorders(context, placing, drawn.groups, drawn.ink)
  if (faded && step >= OUTLINED) outline(context, placing, drawn, (unit) => faded[unit] === 1, 2)
  if (drawn.cursor >= 0) outline(context, placing, drawn, (unit) => unit === drawn.cursor, 3)
  if (drawn.hovered >= 0) outline(context, placing, drawn, (unit) => unit === drawn.hovered, 2)
}

const FADED = 0.22

function drawCells(
  context: CanvasRenderingContext2D,
  placing: Placing,
  { levels, colours, sizes, empty }: Drawn,
  faded: Uint8Array | null,
  units: number,
): void {
  const gap = placing.step < NARROW ? -0.6 : Math.min(1.5, placing.step / 24)
  const paths = new Map<number, Path2D>()
  const add = (key: number, unit: number, share: number): void => {
    const path = paths.get(key) ?? new Path2D()
    paths.set(key, path)
    cell(path, placing, unit, share, gap)
  }
  for (let unit = 0; unit < units; unit++) {
    const hidden = faded !== null && faded[unit] === 0 ? 1 : 0
    if (sizes) {
      add(-2 + hidden, unit, 1)
      const share = Math.max(0, Math.min(1, sizes[unit]))
      if (share > 0) add(2 * (levels[unit] + 1) + hidden, unit, share)
    } else add(2 * (levels[unit] + 1) + hidden, unit, 1)
  }
  for (const [key, path] of [...paths].sort(([a], [b]) => a - b)) {
    const level = Math.floor(key / 2) - 1
    context.globalAlpha = key & 1 ? FADED : 1
    context.fillStyle = level < 0 ? empty : colours[level]
    context.fill(path)
  }
  context.globalAlpha = 1
}

function cell(path: Path2D, placing: Placing, unit: number, share: number, gap: number): void {
  const { x, y } = centreOf(placing, unit)
  const size = placing.step * share - gap
  if (placing.lattice.cell === 'rectangular') {
    path.rect(x - size / 2, y - size / 2, size, size)
    return
  }
  if (placing.step < NARROW) {
    // Of this width a hexagon looks like a brick, and takes five times as long.
    const height = (size * Math.sqrt(3)) / 2
    path.rect(x - size / 2, y - height / 2, size, height)
    return
  }
  const [half, radius] = [size / 2, size / Math.sqrt(3)]
  path.moveTo(x, y - radius)
  path.lineTo(x + half, y - radius / 2)
  path.lineTo(x + half, y + radius / 2)
  path.lineTo(x, y + radius)
  path.lineTo(x - half, y + radius / 2)
  path.lineTo(x - half, y - radius / 2)
  path.closePath()
}

function outline(
  context: CanvasRenderingContext2D,
  placing: Placing,
  { ink, paper, levels }: Drawn,
  has: (unit: number) => boolean,
  width: number,
): void {
  const path = new Path2D()
  for (let unit = 0; unit < levels.length; unit++) if (has(unit)) cell(path, placing, unit, 1, 1)
  context.lineJoin = 'round'
  context.strokeStyle = paper
  context.lineWidth = width + 2
  context.stroke(path)
  context.strokeStyle = ink
  context.lineWidth = width
  context.stroke(path)
}

/** Lines between cells of different groups: each unit looks at those to its right and below. */
function drawBorders(
  context: CanvasRenderingContext2D,
  placing: Placing,
  groups: ArrayLike<number>,
  ink: string,
): void {
  const { lattice, step } = placing
  const path = new Path2D()
  const hexagonal = lattice.cell === 'hexagonal'
  for (let unit = 0; unit < groups.length; unit++) {
    const row = Math.floor(unit / lattice.columns)
    const column = unit - row * lattice.columns
    const shift = hexagonal ? row & 1 : 0
    const below = row + 1 < lattice.rows ? [unit + lattice.columns] : []
    const beside = hexagonal && row + 1 < lattice.rows ? [unit + lattice.columns + (shift ? 1 : -1)] : []
    const isBeside = shift ? column + 1 < lattice.columns : column > 0
    const others = [...(column + 1 < lattice.columns ? [unit + 1] : []), ...below, ...(isBeside ? beside : [])]
    for (const other of others) {
      if (groups[other] === groups[unit]) continue
      const [a, b] = [centreOf(placing, unit), centreOf(placing, other)]
      // The shared edge stands across the line between both centres.
      const half = (hexagonal ? step / Math.sqrt(3) : step) / 2
      const length = Math.hypot(b.x - a.x, b.y - a.y)
      const [dx, dy] = [(-(b.y - a.y) / length) * half, ((b.x - a.x) / length) * half]
      const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
      path.moveTo(x - dx, y - dy)
      path.lineTo(x + dx, y + dy)
    }
  }
  context.lineCap = 'round'
  context.strokeStyle = ink
  context.lineWidth = Math.max(1, Math.min(3, step / 8))
  context.stroke(path)
}

/** A map of very many units: one dot of an image for each, drawn large. */
function drawDots(
  context: CanvasRenderingContext2D,
  placing: Placing,
  { levels, colours, empty }: Drawn,
  faded: Uint8Array | null,
): void {
  const { lattice, step, left, top } = placing
  if (lattice.rows === 0 || lattice.columns === 0 || step <= 0) return
  const wide = lattice.columns * 2 + 1
  const image = new ImageData(wide, lattice.rows)
  const { data: dots } = image
  const [channels, none] = [channelsOf(colours), channelOf(empty)]
  for (let unit = 0; unit < levels.length; unit++) {
    const row = Math.floor(unit / lattice.columns)
    const shift = lattice.cell === 'hexagonal' ? row & 1 : 0
    const [from, at] = levels[unit] < 0 ? [none, 0] : [channels, 3 * levels[unit]]
    const alpha = (levels[unit] < 0 ? none[3] : 255) * (faded !== null && faded[unit] === 0 ? FADED : 1)
    const dot = 4 * (row * wide + 2 * (unit - row * lattice.columns) + shift)
    for (let half = dot; half <= dot + 4; half += 4) {
      dots[half] = from[at]
      dots[half + 1] = from[at + 1]
      dots[half + 2] = from[at + 2]
      dots[half + 3] = alpha
    }
  }
  const aside = document.createElement('canvas')
  aside.width = wide
  aside.height = lattice.rows
  aside.getContext('2d')?.putImageData(image, 0, 0)
  context.imageSmoothingEnabled = step < 1
  const rowStep = lattice.cell === 'hexagonal' ? Math.sqrt(3) / 2 : 1
  context.drawImage(
    aside,
    left - step / 2,
    top - (step * rowStep) / 2,
    (step * wide) / 2,
    step * rowStep * lattice.rows,
  )
}
