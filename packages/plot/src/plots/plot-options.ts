import type { ColourMap } from '../figure/colour.ts'
import type { ScaleOptions } from '../figure/colour-scale.ts'

/** Options of every plot. */
export interface PlotOptions {
  /** Above the plot, in place of its own title. */
  readonly title?: string
  /** Longest side of the map in px: 440. */
  readonly size?: number
}

/** Names of `PlotOptions`. */
export const PLOT_NAMES: readonly string[] = ['title', 'size']

/** Further options of plots that show values as colours. */
export interface ColourOptions extends PlotOptions, ScaleOptions {
  /** `viridis` (`cividis` for the U-matrix). */
  readonly colours?: ColourMap
}

/** Names of `ColourOptions`. */
export const COLOUR_NAMES: readonly string[] = [...PLOT_NAMES, 'colours', 'scale', 'range']

/** How the values of a plot become colours: what was requested, in colours of its own where none were. */
export function scaled(
  { colours, scale, range }: ColourOptions,
  own: ColourMap,
): ScaleOptions & { colours: ColourMap } {
  return { colours: colours ?? own, ...(scale && { scale }), ...(range && { range }) }
}
