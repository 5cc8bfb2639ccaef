import type { Measured, Present } from './contender.ts'
import type { Options } from './options.ts'
import type { Quality } from './quality.ts'

/** One question the bench answers. */
export interface Case {
  readonly name: string
  readonly title: string
  readonly run: (options: Options) => Promise<CaseResult>
}

/** A contender's line in a case's table. */
export type Row = PresentRow | Exclude<Measured, Present>

/** The line of a contender that was measured. */
export interface PresentRow extends Present {
  readonly quality?: Quality
}

export interface CaseResult {
  readonly name: string
  readonly title: string
  /** Sizes, data and schedule, in words. */
  readonly setting: string
  readonly rows: readonly Row[]
  /** Further findings, a sentence each. */
  readonly findings: readonly string[]
  readonly targets: readonly Target[]
}

/** A number that the project set itself. */
export interface Target {
  readonly what: string
  readonly wanted: string
  readonly found: string
  readonly reached: boolean
}
