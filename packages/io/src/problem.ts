import type { Issue } from '@som/core'
import Result from 'true-myth/result'

/** What is wrong: the file, its contents, or the request. */
export type ProblemKind =
  | 'not-found'
  | 'not-readable'
  | 'not-writable'
  | 'disk-full'
  | 'not-a-table'
  | 'not-a-model'
  | 'newer-version'
  | 'data'
  | 'choice'

/** A tagged failure with every issue at once. */
export interface Problem {
  readonly kind: ProblemKind
  readonly issues: readonly Issue[]
}

/** A failed Result with one issue. */
export function problem<T>(kind: ProblemKind, path: string, message: string): Result<T, Problem> {
  return Result.err({ kind, issues: [{ path, message }] })
}

/** Carries a problem out of a stream, where no Result can be returned; `settle` turns it back into one. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(kind: ProblemKind, path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`)
    this.problem = { kind, issues: [{ path, message }] }
  }
}

/** The value of `work`, or the problem that it threw. Any other error is a bug and is thrown on. */
export async function settle<T>(work: () => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return Result.ok(await work())
  } catch (error) {
    if (error instanceof ProblemError) return Result.err(error.problem)
    throw error
  }
}
