import { metricName, type Rows, type Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { pMatrix, uStarMatrix } from '../numbers/p-matrix.ts'
import type { PMatrixOptions } from './p-matrix-plot.ts'
import { COLOUR_NAMES, scaled } from './plot-options.ts'

/**
 * The U*-matrix: the U-matrix, lowered where rows are dense and raised where they are sparse. `rows` come from
 * `prepareRows`. Throws if they do not belong to this map.
 */
export function uStarMatrixPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  rows: Rows,
  options: PMatrixOptions = {},
): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'radius'])
  const title = options.title ?? 'U*-matrix'
  const figure = valueFigure({
    title,
    caption: `Mean distance to the neighbours, weighted by density (${metricName(som.metric)}, preprocessed units)`,
    lattice: som.lattice,
    values: uStarMatrix(som, pMatrix(som, rows, options.radius)),
    ...scaled(options, 'cividis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}
