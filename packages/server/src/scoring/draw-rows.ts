import { prepareRows } from '@som/core'
import { rowPictureOf } from '../pictures.ts'
import { Refused } from '../problem.ts'
import type { Drawn } from './draw-report.ts'

/**
 * A picture of rows, by its name; null if there is none of this name. Throws a `Refused` for rows that it cannot show.
 */
export function drawRows({ plot, ...drawn }: Drawn & { readonly plot: string }): Promise<string | null> {
  const rows = prepareRows(drawn.som, drawn.samples).unwrapOrElse((issues) => {
    throw new Refused(400, issues)
  })
  const { som, matches, samples } = drawn
  return rowPictureOf(plot, { som, matches, rows, ...(samples.labels && { labels: samples.labels }) })
}
