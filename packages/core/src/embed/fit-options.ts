import type { RuntimePart } from '../check-runtime.ts'
import type { Option } from '../plan/option-table.ts'
import type { Runtime } from '../train/runtime.ts'
import { LAYOUTS, type Layout } from './embedding.ts'

/** How an embedding is fitted. */
export interface EmbeddingOptions {
  /**
   * Where landmarks come from and what lays them out. `rows`, the default where there are rows: landmarks among the
   * rows, near if they share rows. `units`, the default without: the units of the map, near if their prototypes are.
   * `sammon`: the units, as far apart as their prototypes are as well as a plane allows, of maps of up to 4,096 units.
   * `lattice`: the units where the lattice has them.
   */
  readonly layout?: Layout
  /**
   * The most landmarks of the layout `rows`: by default half as many as rows, at least 1,600 and at most 4,000. More
   * show more detail and take longer.
   */
  readonly landmarks?: number
}

/** The least and the most that `landmarks` may be. */
export const LANDMARKS = [1, 65_536] as const

/** What each option of an embedding may be. */
export const EMBEDDING_OPTIONS: Readonly<Record<keyof EmbeddingOptions, Option>> = {
  layout: { kind: 'choice', of: LAYOUTS, default: 'rows' },
  landmarks: { kind: 'integer', least: LANDMARKS[0], most: LANDMARKS[1] },
}

/** Where fitting runs and how it reports progress. Nothing here changes the result. */
export type EmbeddingRuntime = Pick<Runtime, 'backend' | 'signal' | 'progress'>

/** The parts of `EmbeddingRuntime`. */
export const EMBEDDING_RUNTIME: readonly RuntimePart[] = ['backend', 'signal', 'progress']
