import type { Found, Pass } from './pass.ts'

/** Samples that workers hold, in chunks: rows of numbers without weights. */
export interface SpreadSamples {
  /** One unique name per feature. */
  readonly features: readonly string[]
  readonly rows: number
  /** Puts a question to all workers; gives their answers, in any order. */
  pass(pass: Pass): Promise<readonly Found[]>
}
