import { prepareRows } from '@som/core'
import { Refused } from '../problem.ts'
import { rowPictureOf } from '../row-pictures.ts'
import type { Drawn } from './draw-report.ts'

/**
 * A picture of rows, by its name; null if there is none of this name. Throws a `Refused` for rows that it cannot show.
 */
export function drawRows({ plot, ...drawn }: Drawn & { readonly plot: string }): string | null {
  const rows = prepareRows(drawn.som, drawn.samples).unwrapOrElse((issues) => {
    throw new Refused(400, issues)
  })
  try {
    return rowPictureOf(plot, { ...drawn, rows })
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(400, [{ path: '', message: error.message }])
    throw error
  }
}
