// Every kind of picture by its name

export type { Picture, Pictured, PicturedRows } from './pictures.ts'
export { PICTURES, pictureNamed } from './pictures.ts'

// Plots: data in, an SVG string out

export { unitPredictions } from './numbers/unit-predictions.ts'
export { classPiesPlot } from './plots/class-pies-plot.ts'
export type { ClustersOptions } from './plots/clusters-plot.ts'
export { clustersPlot } from './plots/clusters-plot.ts'
export { componentPlanePlot } from './plots/component-plane-plot.ts'
export type { ComponentPlanesOptions } from './plots/component-planes-plot.ts'
export { componentPlanesPlot } from './plots/component-planes-plot.ts'
export type { GradientFieldOptions } from './plots/gradient-field-plot.ts'
export { gradientFieldPlot } from './plots/gradient-field-plot.ts'
export type { HitsOptions } from './plots/hits-plot.ts'
export { hitsPlot } from './plots/hits-plot.ts'
export { labelsPlot } from './plots/labels-plot.ts'
export type { PMatrixOptions } from './plots/p-matrix-plot.ts'
export { pMatrixPlot } from './plots/p-matrix-plot.ts'
export type { PlaneRows } from './plots/plane-plot.ts'
export { planePlot } from './plots/plane-plot.ts'
export { predictionsPlot } from './plots/predictions-plot.ts'
export { projectionPlot } from './plots/projection-plot.ts'
export type { SmoothedHitsOptions } from './plots/smoothed-hits-plot.ts'
export { smoothedHitsPlot } from './plots/smoothed-hits-plot.ts'
export type { TrainingCurveOptions } from './plots/training-curve-plot.ts'
export { trainingCurvePlot } from './plots/training-curve-plot.ts'
export { trajectoryPlot } from './plots/trajectory-plot.ts'
export type { UMatrixOptions } from './plots/u-matrix-plot.ts'
export { uMatrixPlot } from './plots/u-matrix-plot.ts'
export { uStarMatrixPlot } from './plots/u-star-matrix-plot.ts'
export type { UnitValuesOptions } from './plots/unit-values-plot.ts'
export { unitValuesPlot } from './plots/unit-values-plot.ts'

// Options of plots

export { categoryColour } from './figure/category-colours.ts'
export type { ColourMap } from './figure/colour.ts'
export { COLOUR_MAPS } from './figure/colour.ts'
export type { Scale, ScaleOptions } from './figure/colour-scale.ts'
export { RANGE_FORM, rangeFrom, SCALES } from './figure/colour-scale.ts'
export { escapeText } from './figure/svg.ts'
export type { ColourOptions, PlotOptions } from './plots/plot-options.ts'

// Numbers behind the plots

export type { ClassCount, ClassCounts, LabelledRows } from './numbers/class-counts.ts'
export { classCounts } from './numbers/class-counts.ts'
export { correlationOrder } from './numbers/correlation-order.ts'
export type { GradientField } from './numbers/gradient-field.ts'
export { gradientField } from './numbers/gradient-field.ts'
export { paretoRadius, pMatrix, uStarMatrix } from './numbers/p-matrix.ts'
export { smoothedHits } from './numbers/smoothed-hits.ts'

// For a terminal

export { componentPlaneText } from './terminal/component-plane-text.ts'
export type { TerminalColours, TerminalOptions } from './terminal/terminal-map.ts'
export { TERMINAL_COLOURS } from './terminal/terminal-map.ts'
export { uMatrixText } from './terminal/u-matrix-text.ts'

// A complete page

export { page } from './report/page.ts'
export type { Difference, Profile } from './report/profiles.ts'
export { profilesOf } from './report/profiles.ts'
export { report } from './report/report.ts'
export type { ReportSubject } from './report/subject.ts'
