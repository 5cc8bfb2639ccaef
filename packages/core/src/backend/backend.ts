import type { Metric } from '../map/distance.ts'
import type { Lattice } from '../map/lattice.ts'
import type { Kernel } from '../map/neighbourhood.ts'
import type { Matrix, SparseMatrix } from '../rows/matrix.ts'

/** What stays the same for a whole training run. Plain data, but for a user's own metric or kernel function. */
export interface Task {
  readonly lattice: Lattice
  readonly metric: Metric
  readonly kernel: Kernel
}

/** One epoch as numbers: schedules are worked out by the caller, a backend never sees a function of time. */
export type EpochStep =
  | { readonly rule: 'batch'; readonly radius: number }
  | {
      readonly rule: 'online'
      /** Sample indices in the order they are presented. */
      readonly order: Uint32Array
      /** One neighbourhood radius a step. */
      readonly radius: Float32Array
      /** One learning rate a step, the sample's weight already in it. */
      readonly rate: Float32Array
    }

/** Samples as a backend takes them: row-major f32 or CSR, NaN for missing, and one weight of at least 0 a sample where given. */
export interface Rows {
  readonly matrix: Matrix | SparseMatrix
  readonly weights?: Float32Array
}

/** Long work can be watched and stopped from outside, within an epoch too. */
export interface Watch {
  /**
   * When it aborts, the running call rejects with the signal's reason. An aborted batch epoch leaves the codebook as it was;
   * an aborted online epoch has taken some of its steps, and the session is then good for `close` alone.
   */
  readonly signal?: AbortSignal
  /** Told now and then the share of the call's work that is done, 0 to 1. */
  readonly progress?: (share: number) => void
}

/** How rows are matched. */
export interface MatchOptions extends Watch {
  /**
   * Whether second-best units are wanted, as they are unless this is false. Without them matching is faster, their arrays are empty, and what measures
   * second-best units, as `topographicError` does, refuses such matches.
   */
  readonly second?: boolean
}

/** What an epoch measured of the codebook it met: batch before its update, online as each sample was presented. Both 0 where no sample could be matched. */
export interface EpochReport {
  /** Sum of the distances of the samples to their best-matching units, weighted for batch. */
  readonly distance: number
  /** Total weight of the samples that could be matched; online, their number. */
  readonly weight: number
}

/** Per-unit sums of a chunk of samples. Chunks merge by `+` (see `mergeSums`). */
export interface EpochSums {
  /** units × features: weighted sums of the samples matched to each unit. */
  readonly sums: Float64Array
  /** Total weight per unit, or per unit and feature (units × features) where the chunk has missing values. */
  readonly counts: Float64Array
  /** Weighted sum of distances to the best-matching units. */
  readonly distance: number
  /** Total weight of the samples that could be matched. */
  readonly weight: number
}

/** Per sample: the nearest unit, the second nearest where it is wanted, and the distances. -1 and NaN where there is none. */
export interface Matches {
  readonly unit: Int32Array
  readonly distance: Float32Array
  readonly secondUnit: Int32Array
  readonly secondDistance: Float32Array
}

/** Samples and codebook, resident where the arithmetic runs. After `close` every call but `close` rejects. One call at a time. */
export interface Session {
  /** Presents the resident samples once. */
  epoch(step: EpochStep, watch?: Watch): Promise<EpochReport>
  /** Per-unit sums of a chunk of samples, matched to the codebook as it is. */
  sums(samples: Rows, watch?: Watch): Promise<EpochSums>
  /** Smooths sums over the lattice and moves the codebook towards the means: all the way at rate 1, the default. */
  update(sums: EpochSums, radius: number, rate?: number): Promise<void>
  /** Matches the given samples, or the resident ones. */
  match(samples?: Rows, options?: MatchOptions): Promise<Matches>
  /** A copy of the codebook: units × features. */
  codebook(): Promise<Matrix>
  close(): void
}

/** Where the arithmetic of training and matching runs. `docs/design/arithmetic.md` says what every backend computes, to the bit. */
export interface Backend {
  readonly name: string
  /** Why this backend cannot run `task`; null when it can. Pure and cheap. */
  rejects(task: Task): string | null
  /** For a backend made of backends: which of them runs `task`, and why those before it do not. */
  choose?(task: Task): Choice | null
  /** Takes samples (read, never written) and codebook (copied) to where the arithmetic runs. */
  open(task: Task, samples: Rows, codebook: Matrix): Promise<Session>
}

/** Which backend runs a task, and why the ones before it do not. */
export interface Choice {
  readonly backend: Backend
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[]
}
