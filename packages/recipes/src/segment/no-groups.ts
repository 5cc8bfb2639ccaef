import type { Segment } from './segment.ts'

/** Above this share of rows in segments without distinguishing traits, the segments are not useful. */
const MOST_AVERAGE = 0.75

/**
 * Why there are no groups worth having; null if there are some. Conductance finds one group where there are no others.
 * Of other methods, which divide any rows, nearly all rows are in segments without distinguishing traits.
 */
export function noGroupsText(segments: readonly Pick<Segment, 'share' | 'marks'>[], method?: string): string | null {
  if (method === 'conductance') return segments.length > 1 ? null : 'no groups worth having: the rows are one group'
  const average = segments.reduce((sum, { share, marks }) => sum + (marks.length === 0 ? share : 0), 0)
  if (!(average > MOST_AVERAGE)) return null
  return `no groups worth having: nothing sets ${Math.round(100 * average)} % of the rows apart`
}
