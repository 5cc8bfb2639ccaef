import type { Segment } from './segment.ts'

/** Above this share of rows in segments that nothing sets apart, the segments are not worth having. */
const MOST_AVERAGE = 0.75

/** Why there are no groups worth having: nearly all rows are in segments that nothing sets apart. Null where there are. */
export function noGroupsText(segments: readonly Pick<Segment, 'share' | 'marks'>[]): string | null {
  const average = segments.reduce((sum, { share, marks }) => sum + (marks.length === 0 ? share : 0), 0)
  if (!(average > MOST_AVERAGE)) return null
  return `no groups worth having: nothing sets ${Math.round(100 * average)} % of the rows apart`
}
