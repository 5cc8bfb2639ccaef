import { metricName, type Som, uMatrix } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { join, svgDocument } from '../figure/svg.ts'
import { plainNumber } from '../figure/ticks.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { everyNth } from '../numbers/every-nth.ts'
import { gradientField } from '../numbers/gradient-field.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface GradientFieldOptions extends ColourOptions {
  /** How far around a unit its arrow looks, in units of the lattice: an eighth of the shorter side, from 1 to 8. */
  readonly radius?: number
}

/** Arrows closer than this (px) are left out, so that the rest is visible. */
const CLOSEST = 22

/**
 * The gradient field: an arrow on each unit to where the map is most like it, so that arrows meet within clusters and
 * part at their borders. Over the U-matrix.
 */
export function gradientFieldPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  options: GradientFieldOptions = {},
): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'radius'])
  const { lattice } = som
  const radius = options.radius ?? Math.min(8, Math.max(1, Math.min(lattice.rows, lattice.columns) / 8))
  const tiling = tilingOf(lattice, options.size)
  const title = options.title ?? 'Gradient field'
  const every = Math.ceil(CLOSEST / cellWidth(tiling))
  const figure = valueFigure({
    title,
    caption: `Mean distance to the neighbours (${metricName(som.metric)}, preprocessed units)`,
    lattice,
    tiling,
    values: uMatrix(som),
    ...scaled(options, 'greys'),
    over: () => arrows(som, tiling, radius, every),
    notes: [
      `Arrows point to the most similar units around, within a radius of ${plainNumber(radius)}`,
      ...(every > 1 ? [`One arrow for every ${every} rows and columns`] : []),
    ],
  })
  return svgDocument(figure, title)
}

function arrows(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  tiling: Tiling,
  radius: number,
  every: number,
): string {
  const units = everyNth(som.lattice, every)
  const { x, y } = gradientField(som, radius, units)
  const longest = units.reduce((most, unit) => Math.max(most, Math.hypot(x[unit], y[unit])), 0)
  if (!(longest > 0)) return ''
  const length = 0.9 * Math.max(CLOSEST, cellWidth(tiling) * every)
  const pieces = units.map((unit) =>
    arrow(cellCentre(tiling, unit), (x[unit] / longest) * length, (y[unit] / longest) * length),
  )
  const stroke = (colour: string, width: number): string =>
    `<path fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" d="${pieces.join('')}"/>\n`
  return stroke('#ffffff', 3.4) + stroke('#d55e00', 1.6)
}

/** A shaft around the middle of the cell, and a head at its end. */
function arrow(centre: { x: number; y: number }, x: number, y: number): string {
  const length = Math.hypot(x, y)
  if (length < 1) return ''
  const head = Math.min(5, 0.4 * length) / length
  const end = { x: centre.x + x / 2, y: centre.y + y / 2 }
  const left = { x: end.x - head * (x + 0.6 * y), y: end.y - head * (y - 0.6 * x) }
  const right = { x: end.x - head * (x - 0.6 * y), y: end.y - head * (y + 0.6 * x) }
  return `M${join(centre.x - x / 2, centre.y - y / 2)}L${join(end.x, end.y)}M${join(left.x, left.y)}L${join(end.x, end.y)}L${join(right.x, right.y)}`
}
