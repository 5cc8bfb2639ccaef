import type { Segment } from './segment.ts'

/** Above this share of rows in segments without distinguishing traits, the segments are not useful. */
const MOST_AVERAGE = 0.75

/**
 * Why there are no useful groups: nearly all rows are in segments without distinguishing traits. Null if there are
 * useful ones.
 */
export function noGroupsText(segments: readonly Pick<Segment, 'share' | 'marks'>[]): string | null {
  const average = segments.reduce((sum, { share, marks }) => sum + (marks.length === 0 ? share : 0), 0)
  if (!(average > MOST_AVERAGE)) return null
  return `no useful groups: nothing sets ${Math.round(100 * average)} % of the rows apart`
}
