import { clusterNames, UNCLUSTERED } from '@som/core'
import { openTable, type Put, readModel, writeBeside, writeTable } from '@som/io'
import { backendOf, note, orRefuse, refuseAny, runnerOf } from '@som/server/command'
import { EXIT } from '@som/server/program'
import Result from 'true-myth/result'
import { featureColumns } from '../match/feature-columns.ts'
import { counted, rowsOfText } from '../text.ts'
import { type SegmentsBeside, segmentColumns, segmentsBeside } from './segments-beside.ts'
import type { Assigning } from './settings.ts'

/** Writes the rows of a table with the segment of each. */
export async function assignAndWrite(settings: Assigning): Promise<number> {
  const som = orRefuse(await readModel(settings.map))
  if (som.clusters === undefined) {
    const message = 'expected a map with segments, found none; som segment finds them in a table, som cluster in a map'
    refuseAny([{ path: settings.map, message }])
  }
  const backend = await backendOf(settings.backend, settings.threads)
  orRefuse(runnerOf(backend, som))
  const table = orRefuse(await openTable(settings.table, { ...settings.reading, features: som.features }))
  try {
    const inputs = orRefuse(featureColumns(table, som, segmentColumns(settings.prefix)))
    const beside = segmentsBeside(som, backend, settings.prefix)
    try {
      const rows = orRefuse(
        settings.output === undefined
          ? Result.ok(await writeBeside(table, inputs, beside, toStandardOutput))
          : await writeTable(settings.output, table, inputs, beside),
      )
      tell(settings, rows, som.clusters ? clusterNames(som.clusters) : [], beside, [...table.notes, ...beside.notes()])
    } finally {
      beside.close()
    }
  } finally {
    table.close()
  }
  return EXIT.done
}

const toStandardOutput: Put = async (part) => {
  if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

function tell(
  { output, json }: Assigning,
  rows: number,
  names: readonly string[],
  beside: SegmentsBeside,
  notes: readonly string[],
): void {
  const empty = beside.empty()
  const unclustered = beside.unclustered()
  if (json) {
    const segments = names.map((name, cluster) => ({ name, rows: beside.rows[cluster] }))
    process.stdout.write(`${JSON.stringify({ output, rows, emptyRows: empty, unclustered, segments, notes })}\n`)
    return
  }
  for (const text of notes) note(text)
  if (empty > 0) note(`${counted(empty, 'row')} without a value in any feature: no segment`)
  if (output === undefined) return
  const lines = names.map((name, cluster): [string, string] => [name, counted(beside.rows[cluster], 'row')])
  if (unclustered > 0) lines.push([UNCLUSTERED, counted(unclustered, 'row')])
  process.stdout.write(rowsOfText([['rows', String(rows)], ...lines, ['written to', output]]))
}
