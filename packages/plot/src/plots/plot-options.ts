import type { ColourMap } from '../figure/colour.ts'

/** What every plot takes. */
export interface PlotOptions {
  /** Above the plot, in place of its own title. */
  readonly title?: string
  /** Longest side of the map in px: 440. */
  readonly size?: number
}

/** What a plot that shows values as colours takes beside that. */
export interface ColourOptions extends PlotOptions {
  /** `viridis` (`cividis` for the U-matrix). */
  readonly colours?: ColourMap
}
