/** What the Rust binding exports. Hand-written beside `binding/src/lib.rs`, which it must follow. */
export interface Addon {
  version(): string
  /** Whether the kernels have a cell, shape, metric or kernel of this name. */
  knows(thing: 'cell' | 'shape' | 'metric' | 'kernel', name: string): boolean
  readonly CancelToken: new () => NativeCancelToken
  readonly NativeSession: new (
    task: NativeTask,
    features: number,
    codebook: Float32Array,
    threads: number,
  ) => NativeSession
}

export interface NativeCancelToken {
  cancel(): void
}

export interface NativeTask {
  readonly cell: string
  readonly shape: string
  readonly rows: number
  readonly columns: number
  readonly metric: string
  readonly kernel: string
}

export interface NativeRows {
  readonly rows: number
  readonly columns: number
  readonly data?: Float32Array
  readonly offsets?: Uint32Array
  readonly indices?: Uint32Array
  readonly values?: Float32Array
  readonly weights?: Float32Array
}

export type Progress = (share: number) => void

export interface NativeReport {
  readonly distance: number
  readonly weight: number
}

export interface NativeSession {
  batchEpoch(rows: NativeRows, radius: number, cancel?: NativeCancelToken, progress?: Progress): Promise<NativeReport>
  onlineEpoch(
    rows: NativeRows,
    order: Uint32Array,
    radius: Float32Array,
    rate: Float32Array,
    cancel?: NativeCancelToken,
    progress?: Progress,
  ): Promise<NativeReport>
  sums(
    rows: NativeRows,
    cancel?: NativeCancelToken,
    progress?: Progress,
  ): Promise<{ sums: Float64Array; counts: Float64Array; distance: number; weight: number }>
  update(sums: Float64Array, counts: Float64Array, radius: number, rate: number): Promise<void>
  matchRows(
    rows: NativeRows,
    second: boolean,
    cancel?: NativeCancelToken,
    progress?: Progress,
  ): Promise<{ unit: Int32Array; distance: Float32Array; secondUnit: Int32Array; secondDistance: Float32Array }>
  codebook(): Promise<Float32Array>
  /** Panics in a worker: for the test that shows that it is an error and not the end. */
  panic(): Promise<void>
  close(): void
}
