import { isModel, openTable, type Reading, readModel } from '@som/io'
import { complain, issuesIn, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { InspectFlags } from '../command-flags/inspect-flags.ts'
import { dashed } from '../dashed.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { readingOf } from '../reading.ts'
import { counted } from '../text.ts'
import { whileSaying } from '../train/progress.ts'
import { lookAtColumns } from './look-at-columns.ts'
import { inspectionJson, inspectionText } from './report.ts'
import { tableJson, tableText } from './table-report.ts'

const OF_TABLES = ['decimal', 'delimiter', 'sheet', 'fileLimit', 'missing'] as const

/** Runs `som inspect`; gives the exit code. */
export async function runInspect(command: Parameters<typeof operands>[0], flags: InspectFlags): Promise<number> {
  const files = operands(command, ['file'], 'som inspect map.som, or som inspect data.csv')
  const read = new Flags()
  const reading = readingOf(read, flags)
  const isMap = files.isOk && (await isModel(files.value[0]))
  if (isMap)
    for (const name of OF_TABLES)
      if (flags[name] !== undefined) read.add(`--${dashed(name)}`, `is for tables, and ${files.value[0]} is a map`)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [file] = files.value
  const work = async (): Promise<number> => {
    process.stdout.write(isMap ? await ofMap(file, flags) : await ofTable(file, reading, flags))
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}

async function ofMap(file: string, { json }: InspectFlags): Promise<string> {
  const som = orRefuse(await readModel(file))
  return json ? inspectionJson(som, file) : inspectionText(som, file)
}

async function ofTable(file: string, reading: Reading, { json }: InspectFlags): Promise<string> {
  const table = orRefuse(await whileSaying(`reading ${file}`, () => openTable(file, reading)))
  try {
    const look = await whileSaying(`looking at ${counted(table.rows, 'row')}`, () => lookAtColumns(table))
    return json ? tableJson(look, file) : tableText(look)
  } finally {
    table.close()
  }
}
