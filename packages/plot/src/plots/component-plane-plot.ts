import { componentPlane, type Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

/**
 * One component plane: each unit in the colour of its prototype's value of a feature, in the feature's own units.
 * Throws if the map has no such feature.
 */
export function componentPlanePlot(
  som: Pick<Som, 'lattice' | 'features' | 'codebook'>,
  feature: string,
  options: ColourOptions = {},
): string {
  checkMap(som, 'lattice', 'features', 'codebook')
  checkNames(options, COLOUR_NAMES)
  const names = shortNames(som.features.map(({ name }) => name))
  const values = componentPlane(som, feature)
  const short = names.texts[som.features.findIndex(({ name }) => name === feature)]
  const title = options.title ?? feature
  const figure = valueFigure({
    title: options.title ?? short,
    whole: title,
    caption: `${short}, in its own units`,
    lattice: som.lattice,
    values,
    ...scaled(options, 'viridis'),
    size: options.size,
    notes: prefixNotes(names),
  })
  return svgDocument(figure, title)
}
