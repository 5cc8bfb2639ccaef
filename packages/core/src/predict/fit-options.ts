import type { RuntimePart } from '../check-runtime.ts'
import { OPTIONS, type Option } from '../plan/option-table.ts'
import type { Runtime } from '../train/runtime.ts'

/** How targets are fitted. */
export interface FitOptions {
  /** Parts of the rows, each predicted by models of the others to choose settings and to measure: 3 by default. */
  readonly folds?: number
  /** The seed by which rows are dealt to the folds: 0 by default. */
  readonly seed?: number
}

/** What each option of a fit may be. */
export const FIT_OPTIONS: Readonly<Record<keyof FitOptions, Option>> = {
  folds: { kind: 'integer', least: 2, most: 255 },
  seed: OPTIONS.seed,
}

/** Where fitting runs and how it reports progress. Nothing here changes the result. */
export type FitRuntime = Pick<Runtime, 'backend' | 'signal' | 'progress'>

/** The parts of `FitRuntime`. */
export const FIT_RUNTIME: readonly RuntimePart[] = ['backend', 'signal', 'progress']

/** The seed of a fit if none is given: that of training. */
export const USUAL_SEED: number = OPTIONS.seed.default
