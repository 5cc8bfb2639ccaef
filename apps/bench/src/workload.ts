/**
 * What a contender is asked to do. Written as JSON, with its arrays beside it in .npy files, so that every language
 * reads the same.
 */
export interface Workload {
  readonly kind: Kind
  readonly rows: number
  readonly features: number
  readonly mapRows: number
  readonly mapColumns: number
  readonly threads: number
  /** Times that the work is repeated, each from the start. */
  readonly repeats: number
  /** Whether the time that counts is that of the whole process: then nothing is warmed up or repeated within it. */
  readonly wholeProcess: boolean
  /** Single-sample updates of an online run; rows × epochs otherwise. */
  readonly updates: number
  readonly firstRadius: number
  readonly lastRadius: number
  readonly firstRate: number
  readonly lastRate: number
  /** The most updates a slow contender makes before its time is scaled up to all of them; 0 for no such limit. */
  readonly part: number
  /** Seconds after which a slow peer's work is not repeated again; 0 for no such limit. */
  readonly enough: number
  readonly files: Files
}

export type Kind = 'online' | 'batch' | 'sparse' | 'match' | 'read'

export interface Files {
  /** rows × features. */
  readonly samples?: string
  /** Sparse samples in compressed sparse row form. */
  readonly offsets?: string
  readonly indices?: string
  readonly values?: string
  /** units × features; empty where rows are only read. */
  readonly codebook: string
  /** The samples as a Parquet file, one column per feature. */
  readonly table?: string
  /** The codebook as a map file. */
  readonly map?: string
  /** One radius a step (online) or an epoch (batch). */
  readonly radius?: string
  /** One learning rate a step. */
  readonly rate?: string
  /** One sample index a step. */
  readonly order?: string
}

/** What a contender writes. */
export interface Outcome {
  /** Seconds of each repetition, scaled up to the whole work where only a share was done. */
  readonly seconds: readonly number[]
  /** Share of the work that was done, 1 for all. */
  readonly share: number
  readonly peakBytes: number
  readonly versions: Readonly<Record<string, string>>
  readonly note: string
  /** Seconds of each epoch of the last repetition, where the contender reports them. */
  readonly epochs?: readonly number[]
  /** The sum of what was read. */
  readonly checksum?: number
  /** Further figures by name. */
  readonly details?: Readonly<Record<string, number>>
  /** The trained codebook, or the best-matching units, as .npy. */
  readonly codebook?: string
  readonly units?: string
}
