import { metricName, type Rows, type Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { svgDocument } from '../figure/svg.ts'
import { plainNumber } from '../figure/ticks.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { paretoRadius, pMatrix } from '../numbers/p-matrix.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface PMatrixOptions extends ColourOptions {
  /** How near a row must be to count, in preprocessed units: `paretoRadius`. */
  readonly radius?: number
}

/**
 * The P-matrix: how many rows lie around each prototype. `rows` come from `prepareRows`. Throws if they do not belong
 * to this map.
 */
export function pMatrixPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  rows: Rows,
  options: PMatrixOptions = {},
): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'radius'])
  const radius = options.radius ?? paretoRadius(som, rows)
  const title = options.title ?? 'P-matrix'
  const figure = valueFigure({
    title,
    caption: `Rows nearer than ${plainNumber(radius)} to the prototype (${metricName(som.metric)}, preprocessed units)`,
    lattice: som.lattice,
    values: pMatrix(som, rows, radius),
    ...scaled(options, 'viridis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}
