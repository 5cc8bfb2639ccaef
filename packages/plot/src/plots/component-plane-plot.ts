import { componentPlane, type Som } from '@som/core'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { type ColourOptions, scaled } from './plot-options.ts'

/** One component plane: each unit in the colour of its prototype's value of a feature, in the feature's own units. Throws where the map has no such feature. */
export function componentPlanePlot(
  som: Pick<Som, 'lattice' | 'features' | 'codebook'>,
  feature: string,
  options: ColourOptions = {},
): string {
  const title = options.title ?? feature
  const figure = valueFigure({
    title,
    caption: `${feature}, in its own units`,
    lattice: som.lattice,
    values: componentPlane(som, feature),
    ...scaled(options, 'viridis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}
