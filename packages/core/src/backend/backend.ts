import type { Metric } from '../map/distance.ts'
import type { Lattice } from '../map/lattice.ts'
import type { Kernel } from '../map/neighbourhood.ts'
import type { Matrix, SparseMatrix } from '../rows/matrix.ts'

/** What stays the same for a whole training run. Plain data, except for a user's own metric or kernel function. */
export interface Task {
  readonly lattice: Lattice
  readonly metric: Metric
  readonly kernel: Kernel
}

/** One epoch as numbers: the caller evaluates the schedules, so a backend never sees a function of time. */
export type EpochStep =
  | { readonly rule: 'batch'; readonly radius: number }
  | {
      readonly rule: 'online'
      /** Sample indices, in the order of presentation. */
      readonly order: Uint32Array
      /** One neighbourhood radius per step. */
      readonly radius: Float32Array
      /** One learning rate per step, already multiplied by the sample's weight. */
      readonly rate: Float32Array
    }

/** Samples for a backend: row-major f32 or CSR, NaN for missing, with an optional weight of at least 0 per sample. */
export interface Rows {
  readonly matrix: Matrix | SparseMatrix
  readonly weights?: Float32Array
}

/** Progress and cancellation of long work, also within an epoch. */
export interface Watch {
  /**
   * When it aborts, the running call rejects with the signal's reason. An aborted batch epoch leaves the codebook
   * unchanged; an aborted online epoch has taken some of its steps, and the session can then only be closed.
   */
  readonly signal?: AbortSignal
  /** Called now and then with the finished share of the call's work, 0 to 1. */
  readonly progress?: (share: number) => void
}

/** Options of matching. */
export interface MatchOptions extends Watch {
  /**
   * Whether to find second-best units; true by default. Without them matching is faster, their arrays are empty, and
   * measures that need them, such as `topographicError`, refuse the matches.
   */
  readonly second?: boolean
}

/**
 * What an epoch measured: batch before its update, online as each sample was presented. Both are 0 if no sample could
 * be matched.
 */
export interface EpochReport {
  /** Sum of the distances of the samples to their best-matching units, weighted for batch. */
  readonly distance: number
  /** Total weight of the matched samples; their number for online. */
  readonly weight: number
}

/** Per-unit sums of a chunk of samples. Chunks merge by addition (see `mergeSums`). */
export interface EpochSums {
  /** units × features: weighted sums of the samples matched to each unit. */
  readonly sums: Float64Array
  /** Total weight per unit, or per unit and feature (units × features) if the chunk has missing values. */
  readonly counts: Float64Array
  /** Weighted sum of distances to the best-matching units. */
  readonly distance: number
  /** Total weight of the matched samples. */
  readonly weight: number
}

/** Per sample: the nearest unit, the second nearest if requested, and the distances. -1 and NaN if there is none. */
export interface Matches {
  readonly unit: Int32Array
  readonly distance: Float32Array
  readonly secondUnit: Int32Array
  readonly secondDistance: Float32Array
}

/** The largest number of nearest units that `Session.nearest` finds per sample. */
export const MOST_NEAREST = 32

/**
 * Per sample, the `k` nearest units in ascending order of distance: entries `i·k` to `i·k + k - 1` belong to sample
 * `i`. Units at equal distance are in ascending order. Where there are fewer, the rest is -1 and NaN.
 */
export interface NearestUnits {
  readonly k: number
  /** samples × k. */
  readonly unit: Int32Array
  /** samples × k, in the units of the metric. */
  readonly distance: Float32Array
}

/**
 * Samples and codebook, resident where the arithmetic runs. After `close` every call but `close` rejects. One call at a
 * time.
 */
export interface Session {
  /** Presents the resident samples once. */
  epoch(step: EpochStep, watch?: Watch): Promise<EpochReport>
  /** Per-unit sums of a chunk of samples, matched to the current codebook. */
  sums(samples: Rows, watch?: Watch): Promise<EpochSums>
  /** Smooths sums over the lattice and moves the codebook towards the means: all the way at the default rate of 1. */
  update(sums: EpochSums, radius: number, rate?: number): Promise<void>
  /** Matches the given samples, or the resident ones. */
  match(samples?: Rows, options?: MatchOptions): Promise<Matches>
  /** The `k` nearest units (1 to `MOST_NEAREST`) of the given samples, or of the resident ones. */
  nearest(k: number, samples?: Rows, watch?: Watch): Promise<NearestUnits>
  /** A copy of the codebook: units × features. */
  codebook(): Promise<Matrix>
  close(): void
}

/**
 * Where the arithmetic of training and matching runs. `docs/design/arithmetic.md` defines what every backend computes,
 * to the bit.
 */
export interface Backend {
  readonly name: string
  /** Why this backend cannot run `task`; null if it can. Pure and cheap. */
  rejects(task: Task): string | null
  /** For a backend that combines others: which of them runs `task`, and why those before it do not. */
  choose?(task: Task): Choice | null
  /** Opens a session on samples (read, never written) and a codebook (copied). */
  open(task: Task, samples: Rows, codebook: Matrix): Promise<Session>
}

/** The backend that runs a task, and why those before it do not. */
export interface Choice {
  readonly backend: Backend
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[]
}
