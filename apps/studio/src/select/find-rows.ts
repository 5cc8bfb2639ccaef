import type { TableData } from '../table/table-data.ts'
import { searcherOf } from './search.ts'

/** ms of searching between two looks at what else the page has to do. */
const SLICE_MS = 10
/** Rows between two looks at the clock. */
const STEP = 1024

/**
 * 1 for each row of which a cell has some text in it, found in slices between which the page answers. `goesOn` hears
 * the share that is done and says whether the answer is still wanted; null where it is not.
 */
export async function findRows(
  data: TableData,
  text: string,
  goesOn: (share: number) => boolean,
): Promise<Uint8Array | null> {
  const has = searcherOf(data, text)
  const found = new Uint8Array(data.rows)
  let began = performance.now()
  for (let from = 0; from < data.rows; from += STEP) {
    const to = Math.min(data.rows, from + STEP)
    for (let row = from; row < to; row++) if (has(row)) found[row] = 1
    if (performance.now() - began < SLICE_MS) continue
    if (!goesOn(to / data.rows)) return null
    await new Promise((resolve) => setTimeout(resolve))
    began = performance.now()
  }
  return goesOn(1) ? found : null
}
