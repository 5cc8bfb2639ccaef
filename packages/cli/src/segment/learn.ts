import type { Issue, Som } from '@som/core'
import { checkWritable, openTable, type Table, writeAside, writeModel, writeTable } from '@som/io'
import { segment } from '@som/recipes'
import { backendOf, orRefuse, refuseAny } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { defined } from '../defined.ts'
import { featureColumns, takenColumns } from '../match/feature-columns.ts'
import { readRows } from '../read-rows.ts'
import { counted } from '../text.ts'
import { whileSaying, whileShowing } from '../train/progress.ts'
import { takeColumns } from './columns.ts'
import { segmentsPage } from './page.ts'
import { segmentColumns, segmentsBeside } from './segments-beside.ts'
import type { Learning } from './settings.ts'
import { summaryJson, summaryText } from './summary.ts'

/** Finds the segments of a table; writes the map and, if requested, the table and the page. */
export async function learnAndWrite(settings: Learning): Promise<number> {
  const { output, out, report } = settings
  for (const file of [output, out, report]) if (file !== undefined) orRefuse(await checkWritable(file))
  const table = orRefuse(
    await whileSaying(`reading ${settings.table}`, () => openTable(settings.table, settings.reading)),
  )
  try {
    if (out !== undefined) refuseAny(takenColumns(table, segmentColumns(settings.prefix)))
    const taken = orRefuse(await whileSaying(`reading ${settings.table}`, () => takeColumns(table, settings.choice)))
    const samples = orRefuse(await readRows(table, taken.selection))
    const backend = await backendOf(settings.backend, settings.threads)
    const result = await whileShowing(`finding segments in ${counted(samples.rows, 'row')}`, (progress) =>
      segment(samples, defined(settings.options), { backend, progress }),
    )
    const segmentation = orRefuse(result.mapErr((issues) => issues.map((issue) => named(issue, table.name))))
    orRefuse(await writeModel(output, segmentation.som))
    if (out !== undefined) await writeBack(table, segmentation.som, settings, out)
    const found = { settings, source: table.name, samples, taken, segmentation, notes: table.notes }
    if (report !== undefined) orRefuse(await writeAside(report, (put) => put(segmentsPage(found))))
    process.stdout.write(settings.json ? summaryJson(found) : summaryText(found))
  } finally {
    table.close()
  }
  return EXIT.done
}

async function writeBack(table: Table, som: Som, settings: Learning, out: string): Promise<void> {
  const added = segmentColumns(settings.prefix)
  const inputs = orRefuse(featureColumns(table, som, added))
  const beside = segmentsBeside(som, await backendOf(settings.backend, settings.threads), settings.prefix)
  try {
    orRefuse(await writeTable(out, table, inputs, beside))
  } finally {
    beside.close()
  }
}

/** Issues from the library, under the flags and files that caused them. */
function named({ path, message }: Issue, table: string): Issue {
  const flag = FLAG_OF[path.split('.')[0]]
  return { path: flag ?? (path === 'samples' || path === '' ? table : path), message }
}

const FLAG_OF: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['segments', 'most', 'method', 'draws', 'preprocessing', 'epochs', 'seed'].map((name) => [name, `--${name}`]),
  ),
  weights: '--feature-weight',
  lattice: '--size',
}
