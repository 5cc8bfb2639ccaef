import type { CancelToken } from '../binding/index.d.ts'

/**
 * The exports of the Rust binding. The types are those that napi generates from `binding/src/lib.rs`; the WebAssembly
 * module has the same interface.
 */
export type Addon = typeof import('../binding/index.d.ts')

export type { NativeReport, NativeRows, NativeSession, NativeTask } from '../binding/index.d.ts'
export type NativeCancelToken = CancelToken

/** Called with the finished share of a call, from 0 to 1. */
export type Progress = (share: number) => void
