import type { Backend } from '@som/core'

/** What `gpu()` runs on. */
export interface GpuOptions {
  /** Where adapters come from: `navigator.gpu` by default, and in Node what the npm package `webgpu` finds. */
  readonly gpu?: GPU
  /** A device that you have already. It stays yours: closing sessions frees their buffers, and not the device. */
  readonly device?: GPUDevice
  /** Passed to `requestAdapter`: `powerPreference` and others. */
  readonly adapter?: GPURequestAdapterOptions
  /** Whether an adapter that computes on the CPU will do; false by default, since `native()` is faster there. */
  readonly software?: boolean
  /**
   * What runs the rest: online epochs, sparse rows, rows that the card cannot settle, and smoothing. `js()` by default.
   */
  readonly rest?: Backend
  /** Whether a session whose device is lost continues on `rest`, with the same bits, or fails; that by default. */
  readonly whenLost?: 'fail' | 'continue'
  /** Called with what runs on `rest` and why, once for each kind of work. */
  readonly onRest?: (what: string) => void
}
