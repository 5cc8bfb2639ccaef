import { type Rows, type Som, unitCount } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { smoothedHits } from '../numbers/smoothed-hits.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface SmoothedHitsOptions extends ColourOptions {
  /** How many units each row counts for: a twentieth of all units, from 3 to 30. More means smoother. */
  readonly nearest?: number
}

/**
 * The smoothed data histogram: hits in which a row counts for its second, third, … nearest units too. `rows` come from
 * `prepareRows`.
 */
export function smoothedHitsPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  rows: Rows,
  options: SmoothedHitsOptions = {},
): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'nearest'])
  const nearest = options.nearest ?? Math.min(30, Math.max(3, Math.round(unitCount(som.lattice) / 20)))
  const title = options.title ?? 'Smoothed data histogram'
  const figure = valueFigure({
    title,
    caption: `Rows, each shared out over its ${nearest} nearest units`,
    lattice: som.lattice,
    values: smoothedHits(som, rows, nearest),
    ...scaled(options, 'viridis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}
