import type { CancelToken } from '../binding/index.d.ts'

/**
 * What the Rust binding exports. The types are those that napi generates from `binding/src/lib.rs`; the WebAssembly module
 * wears the same face.
 */
export type Addon = typeof import('../binding/index.d.ts')

export type { NativeReport, NativeRows, NativeSession, NativeTask } from '../binding/index.d.ts'
export type NativeCancelToken = CancelToken

/** Called with the share of a call that is done, from 0 to 1. */
export type Progress = (share: number) => void
