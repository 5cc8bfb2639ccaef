import type { Agreement } from './agreement.ts'
import type { Measured, Present } from './contender.ts'
import type { Options } from './options.ts'
import type { Quality } from './quality.ts'
import type { Spread } from './spread.ts'

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
  /** Whether what it made is as good as what the first of ours made. */
  readonly agreement?: Agreement
  /** The time that the machine's own limits allow the work done plainly, as a share of the time taken. */
  readonly limitShare?: number
}

/** What a contender costs at sizes that differ in one thing. */
export interface Curve {
  readonly axis: 'rows' | 'units' | 'features'
  readonly contender: string
  /** `x` is the size, `seconds` those of an epoch. */
  readonly points: readonly { readonly x: number; readonly seconds: Spread }[]
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
  readonly curves?: readonly Curve[]
}

/** A number that the project set itself. */
export interface Target {
  readonly what: string
  readonly wanted: string
  readonly found: string
  readonly reached: boolean
}
