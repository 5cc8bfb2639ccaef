import type { Runtime } from '../train/runtime.ts'

/** How targets are fitted. */
export interface FitOptions {
  /** Parts of the rows, each predicted by models of the others to choose settings and to measure: 3 by default. */
  readonly folds?: number
  /** The seed by which rows are dealt to the folds: 0 by default. */
  readonly seed?: number
}

/** Where fitting runs and how it reports progress. Nothing here changes the result. */
export type FitRuntime = Pick<Runtime, 'backend' | 'signal' | 'progress'>
