// What every plot takes
export type { ColourMap } from './colour.ts'
export { COLOUR_MAPS } from './colour.ts'
// One plot a file
export { componentPlanePlot } from './component-plane-plot.ts'
export type { ComponentPlanesOptions } from './component-planes-plot.ts'
export { componentPlanesPlot } from './component-planes-plot.ts'
export type { HitsOptions } from './hits-plot.ts'
export { hitsPlot } from './hits-plot.ts'
export type { ColourOptions, PlotOptions } from './plot-options.ts'
export type { TrainingCurveOptions } from './training-curve-plot.ts'
export { trainingCurvePlot } from './training-curve-plot.ts'
export type { UMatrixOptions } from './u-matrix-plot.ts'
export { uMatrixPlot } from './u-matrix-plot.ts'
