import type { Som } from '@som/core'
import { checkMap, checkNames, checkPerUnit } from '../check.ts'
import { numbersOver } from '../figure/numbers-over.ts'
import { svgDocument } from '../figure/svg.ts'
import { tilingOf } from '../figure/tiling.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface HitsOptions extends ColourOptions {
  /** Hits per unit of other rows (`hits` of core): those of the training rows. */
  readonly hits?: ArrayLike<number>
}

/**
 * How many rows match each unit best, as colours, and as numbers if there is room. Throws for an unfinished map without
 * hits.
 */
export function hitsPlot(som: Pick<Som, 'lattice' | 'seen'>, options: HitsOptions = {}): string {
  checkMap(som, 'lattice', 'seen')
  checkNames(options, [...COLOUR_NAMES, 'hits'])
  const { lattice } = som
  const hits = options.hits ?? som.seen?.hits
  if (hits === undefined) {
    throw new RangeError('hits: expected a fully trained map or your own hits, found neither')
  }
  checkPerUnit('hits', lattice, hits)
  const tiling = tilingOf(lattice, options.size)
  const values = Array.from(hits, (count) => (count > 0 ? count : Number.NaN))
  const title = options.title ?? 'Hits'
  const figure = valueFigure({
    title,
    caption: 'Rows whose best-matching unit it is',
    lattice,
    values,
    tiling,
    include: 1,
    ...scaled(options, 'viridis'),
    over: (scale) => numbersOver(tiling, values, scale),
    empty: 'no row',
  })
  return svgDocument(figure, title)
}
