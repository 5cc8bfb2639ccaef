import type { Samples, Som } from '@som/core'
import { openTable, type Reading, selectFeatures } from '@som/io'
import { note, orRefuse } from '@som/server/command'
import { flagged } from './flagged.ts'
import { newLevels } from './new-levels.ts'
import { readRows } from './read-rows.ts'
import { listed } from './text.ts'
import { whileSaying } from './train/progress.ts'

/** The rows of a table in the form that a map takes, with the requested labels, names and weights. */
export async function readForMap(
  file: string,
  som: Som,
  beside: { readonly label?: string; readonly id?: string; readonly weight?: string } = {},
  reading: Reading = {},
): Promise<Samples> {
  const table = orRefuse(
    await whileSaying(`reading ${file}`, () => openTable(file, { ...reading, features: som.features })),
  )
  try {
    const selection = orRefuse(
      selectFeatures(table, som.features, beside).mapErr((problem) => flagged(problem, table.name)),
    )
    for (const text of table.notes) note(text)
    if (selection.leftOut.length > 0)
      note(`columns that are not features of the map: ${listed(selection.leftOut.map(({ name }) => name))}`)
    const levels = newLevels()
    const samples = orRefuse(await readRows(table, selection, levels.see))
    for (const text of levels.notes()) note(text)
    return samples
  } finally {
    table.close()
  }
}
