import {
  distanceFunction,
  type Lattice,
  metricName,
  neighboursOf,
  type Projection,
  rowOf,
  type Som,
  sammon,
  uMatrix,
} from '@som/core'
import { checkMap, checkNames, checkSize } from '../check.ts'
import { colourBar } from '../figure/colour-bar.ts'
import { colourScale } from '../figure/colour-scale.ts'
import { INK } from '../figure/ink.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { join, px, svgDocument } from '../figure/svg.ts'
import { plainNumber } from '../figure/ticks.ts'
import { SIZE } from '../figure/tiling.ts'
import { type Blocks, blockMeans, blockPrototypes, blocksOf } from '../numbers/blocks.ts'
import { displacement } from '../numbers/displacement.ts'
import { extentOf } from '../numbers/extent.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

/** Units of a map that is shown as it is: the work grows with their square. */
const MOST_UNITS = 900
/**
 * Dots of a larger map. More would lie over one another: neighbours on it are as near as its rows, and their net a
 * knot.
 */
const MOST_BLOCKS = 256
const FRAME = 10

/**
 * Sammon's projection of the codebook: prototypes as dots, as far from one another as they are in the data's space as
 * well as a plane allows, joined as the lattice joins them. A net that lies flat has kept the order of the data; one
 * that crosses itself is twisted. Of a large map each dot is the mean of a block of units: single ones that lie apart
 * on the lattice lead to and fro through the noise that such a map has learnt, and hide its shape.
 */
export function projectionPlot(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: ColourOptions = {}): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, COLOUR_NAMES)
  const { lattice } = som
  const size = checkSize(options.size ?? SIZE)
  const every = blockSize(lattice)
  const blocks = blocksOf(lattice, every)
  const codebook = every > 1 ? blockPrototypes(blocks, som.codebook) : som.codebook
  const count = codebook.rows
  const distance = distanceFunction(som.metric)
  const prototypes = Array.from({ length: count }, (_, dot) => rowOf(codebook, dot))
  const distances = Float64Array.from({ length: count ** 2 }, (_, at) =>
    distance(prototypes[Math.floor(at / count)], prototypes[at % count]),
  )
  const places = onPaper(sammon(distances, count), size)
  const shown = blockMeans(blocks, uMatrix(som))
  const { colours, ...scaling } = scaled(options, 'cividis')
  const scale = colourScale(shown, colours, scaling)
  const radius = Math.min(6, Math.max(1.5, 100 / Math.sqrt(count) / 2))
  const points = prototypes.map((_, i) => {
    const colour = scale.palette[Math.max(0, scale.levelOf(shown[i]))]
    return `<circle cx="${px(places.x[i])}" cy="${px(places.y[i])}" r="${px(radius)}" fill="${colour}" stroke="${INK}" stroke-width="${px(radius / 8)}"/>\n`
  })
  const title = options.title ?? 'Sammon projection of the codebook'
  const caption = `Mean distance to the neighbours (${metricName(som.metric)}, preprocessed units)`
  const notes = [
    `Lines join neighbouring units${lattice.shape === 'sheet' || every > 1 ? '' : ', dashed ones over a seam'}. Stress: ${plainNumber(places.stress)}`,
    ...(every > 1 ? [`Each dot is the mean of ${every} × ${every} units`] : []),
  ]
  const figure = mapFigure({
    title,
    lattice: { ...lattice, shape: 'sheet' },
    tiling: places,
    map: net(lattice, blocks, every, places) + points.join(''),
    below: [(width) => colourBar(scale, caption, width, places.width), ...notes.map(note)],
  })
  return svgDocument(figure, title)
}

/** Rows and columns of units to a dot. */
function blockSize({ rows, columns }: Lattice): number {
  if (rows * columns <= MOST_UNITS) return 1
  let every = 2
  while (Math.ceil(rows / every) * Math.ceil(columns / every) > MOST_BLOCKS) every++
  return every
}

interface OnPaper extends Projection {
  readonly width: number
  readonly height: number
}

/** The projection in px, its longer side `size`. */
function onPaper(projection: Projection, size: number): OnPaper {
  const xs = extentOf(projection.x)
  const ys = extentOf(projection.y)
  const span = Math.max(xs.greatest - xs.least, ys.greatest - ys.least)
  const scale = span > 0 ? (size - 2 * FRAME) / span : 0
  const place = (least: number) => (value: number) => FRAME + (value - least) * scale
  return {
    x: projection.x.map(place(xs.least)),
    y: projection.y.map(place(ys.least)),
    width: 2 * FRAME + (xs.greatest - xs.least) * scale,
    height: 2 * FRAME + (ys.greatest - ys.least) * scale,
    stress: projection.stress,
  }
}

function net(lattice: Lattice, { rows, columns }: Blocks, every: number, places: Projection): string {
  const coarse = {
    ...lattice,
    rows,
    columns,
    // A wrap of rows left over would join units that are not the same number of rows apart, or break the hexagons'
    // order.
    shape: every > 1 ? ('sheet' as const) : lattice.shape,
    cell: every > 1 ? ('rectangular' as const) : lattice.cell,
  }
  const inside: string[] = []
  const over: string[] = []
  for (let i = 0; i < rows * columns; i++) {
    for (const j of neighboursOf(coarse, i, coarse.cell === 'hexagonal' ? 6 : 4)) {
      if (j < i) continue
      const step = displacement({ ...coarse, shape: 'sheet' }, i, j)
      const piece = `M${join(places.x[i], places.y[i])}L${join(places.x[j], places.y[j])}`
      if (Math.hypot(step.x, step.y) > 1.5) over.push(piece)
      else inside.push(piece)
    }
  }
  const dashed =
    over.length === 0 ? '' : `<path fill="none" stroke="#999999" stroke-dasharray="4 3" d="${over.join('')}"/>\n`
  return `${dashed}<path fill="none" stroke="#888888" d="${inside.join('')}"/>\n`
}
