import type { RuntimePart } from '../check-runtime.ts'
import { OPTIONS, type Option } from '../plan/option-table.ts'
import type { Runtime } from '../train/runtime.ts'

/** How targets are fitted. */
export interface FitOptions {
  /** The seed by which rows are drawn to be held out where there are many: 0 by default. */
  readonly seed?: number
}

/** What each option of a fit may be. */
export const FIT_OPTIONS: Readonly<Record<keyof FitOptions, Option>> = {
  seed: OPTIONS.seed,
}

/** Where fitting runs and how it reports progress. Nothing here changes the result. */
export type FitRuntime = Pick<Runtime, 'backend' | 'signal' | 'progress'>

/** The parts of `FitRuntime`. */
export const FIT_RUNTIME: readonly RuntimePart[] = ['backend', 'signal', 'progress']

/** The seed of a fit if none is given: that of training. */
export const USUAL_SEED: number = OPTIONS.seed.default
