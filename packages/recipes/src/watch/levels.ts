import { type Issue, show } from '@som/core'

/** The verdict on a row. `unknown`: it has no value in any feature. */
export const LEVELS = ['normal', 'notice', 'alarm', 'unknown'] as const
export type Level = (typeof LEVELS)[number]

/** The shares of normal rows that may be flagged by mistake. */
export interface Rates {
  /** A p-value of at most this is an alarm. */
  readonly alarm: number
  /** A p-value of at most this is a notice. */
  readonly notice: number
}

export const DEFAULT_ALPHA = 0.01

/** The rates, or what is wrong with them: by default `notice` is five times `alpha`, and at most a half. */
export function ratesOf(alpha: number = DEFAULT_ALPHA, notice: number = Math.min(0.5, 5 * alpha)): Rates | Issue[] {
  const issues: Issue[] = []
  if (!(typeof alpha === 'number' && alpha > 0 && alpha < 0.5))
    issues.push({ path: 'alpha', message: `expected a share above 0 and below 0.5, found ${show(alpha)}` })
  else if (!(typeof notice === 'number' && notice >= alpha && notice <= 0.5)) {
    issues.push({ path: 'notice', message: `expected a share from alpha, ${alpha}, to 0.5, found ${show(notice)}` })
  }
  return issues.length > 0 ? issues : { alarm: alpha, notice }
}

/** The level of a p-value, as an index into `LEVELS`. */
export function levelOf(p: number, { alarm, notice }: Rates): number {
  if (Number.isNaN(p)) return 3
  return p <= alarm ? 2 : p <= notice ? 1 : 0
}
