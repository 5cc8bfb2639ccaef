import { distanceFunction, type Lattice, metricName, neighboursOf, rowOf, type Som, uMatrix } from '@som/core'
import { checkSize } from '../check.ts'
import { colourBar } from '../figure/colour-bar.ts'
import { colourScale } from '../figure/colour-scale.ts'
import { INK } from '../figure/ink.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { join, px, svgDocument } from '../figure/svg.ts'
import { plainNumber } from '../figure/ticks.ts'
import { SIZE } from '../figure/tiling.ts'
import { displacement } from '../numbers/displacement.ts'
import { everyNth } from '../numbers/every-nth.ts'
import { extentOf } from '../numbers/extent.ts'
import { type Projection, sammon } from '../numbers/sammon.ts'
import { type ColourOptions, scaled } from './plot-options.ts'

/** Units shown, at most: the work grows with their square. */
const MOST_UNITS = 900
const FRAME = 10

/**
 * Sammon's projection of the codebook: prototypes as dots, as far from one another as they are in the data's space as well as a plane allows, joined as
 * the lattice joins them. A net that lies flat has kept the order of the data; one that crosses itself is twisted. Of a large map every n-th row and column.
 */
export function projectionPlot(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: ColourOptions = {}): string {
  const { lattice } = som
  const size = checkSize(options.size ?? SIZE)
  const { units, every } = thinned(lattice)
  const distance = distanceFunction(som.metric)
  const prototypes = units.map((unit) => rowOf(som.codebook, unit))
  const distances = Float64Array.from({ length: units.length ** 2 }, (_, at) =>
    distance(prototypes[Math.floor(at / units.length)], prototypes[at % units.length]),
  )
  const places = onPaper(sammon(distances, units.length), size)
  const heights = uMatrix(som)
  const shown = Float64Array.from(units, (unit) => heights[unit])
  const { colours, ...scaling } = scaled(options, 'cividis')
  const scale = colourScale(shown, colours, scaling)
  const radius = Math.min(6, Math.max(1.5, 100 / Math.sqrt(units.length) / 2))
  const points = units.map((_, i) => {
    const colour = scale.palette[Math.max(0, scale.levelOf(shown[i]))]
    return `<circle cx="${px(places.x[i])}" cy="${px(places.y[i])}" r="${px(radius)}" fill="${colour}" stroke="${INK}" stroke-width="${px(radius / 8)}"/>\n`
  })
  const title = options.title ?? 'Sammon projection of the codebook'
  const caption = `Mean distance to the neighbours (${metricName(som.metric)}, preprocessed units)`
  const notes = [
    `Lines join neighbouring units${lattice.shape === 'sheet' || every > 1 ? '' : ', dashed ones over a seam'}. Stress: ${plainNumber(places.stress)}`,
    ...(every > 1 ? [`One unit for every ${every} rows and columns`] : []),
  ]
  const figure = mapFigure({
    title,
    lattice: { ...lattice, shape: 'sheet' },
    tiling: places,
    map: net(lattice, units, every, places) + points.join(''),
    below: [(width) => colourBar(scale, caption, width, places.width), ...notes.map(note)],
  })
  return svgDocument(figure, title)
}

/** Every n-th row and column, so that no more than `MOST_UNITS` are left. */
function thinned(lattice: Lattice): { units: number[]; every: number } {
  const { rows, columns } = lattice
  let every = 1
  while (Math.ceil(rows / every) * Math.ceil(columns / every) > MOST_UNITS) every++
  return { units: everyNth(lattice, every), every }
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

function net(lattice: Lattice, units: readonly number[], every: number, places: Projection): string {
  const coarse = {
    ...lattice,
    rows: Math.ceil(lattice.rows / every),
    columns: Math.ceil(lattice.columns / every),
    // A wrap of rows left over would join units that are not the same number of rows apart, or break the hexagons' order.
    shape: every > 1 ? ('sheet' as const) : lattice.shape,
    cell: every > 1 ? ('rectangular' as const) : lattice.cell,
  }
  const inside: string[] = []
  const over: string[] = []
  for (let i = 0; i < units.length; i++) {
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
