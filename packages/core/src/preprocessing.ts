export const PREPROCESSINGS = ['z-score', 'min-max', 'robust', 'log', 'arcsinh', 'none'] as const
export type PreprocessingName = (typeof PREPROCESSINGS)[number]

/** What is done to one feature: `weight · (warp(x / cofactor) - centre) / scale`. Fitted on the training rows, kept in the Som. */
export interface FeaturePreprocessing {
  readonly method: PreprocessingName
  /** What `arcsinh` divides by before it bends; 1 for the others. */
  readonly cofactor: number
  readonly centre: number
  /** Above 0. */
  readonly scale: number
  /** How much the feature counts, as a factor on its preprocessed values: √w for euclidean and cosine, w for the other metrics. */
  readonly factor: number
}
