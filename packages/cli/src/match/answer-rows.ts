import { resolve } from 'node:path'
import type { Backend, Issue, Som } from '@som/core'
import { openTable, type Put, type Reading, readModel, type Table, writeBeside, writeTable } from '@som/io'
import {
  backendOf,
  complain,
  issuesIn,
  note,
  operands,
  orRefuse,
  refuseAny,
  runnerOf,
  untilRefused,
} from '@som/server/command'
import { EXIT } from '@som/server/program'
import Result from 'true-myth/result'
import type { MatchFlags } from '../command-flags/match-flags.ts'
import type { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { readingOf } from '../reading.ts'
import { type Running, runningOf } from '../running.ts'
import { counted, rowsOfText } from '../text.ts'
import { rowsOn, whileSaying } from '../train/progress.ts'
import { featureColumns } from './feature-columns.ts'
import type { AnswersBeside, OnRows } from './units-beside.ts'

interface Settings extends Running {
  readonly map: string
  readonly table: string
  readonly output?: string
  readonly prefix: string
  readonly json: boolean
  readonly reading: Reading
}

/** What a command adds to the rows of a table. */
export interface Answering {
  /** What it does to the rows, for the line that shows progress. */
  readonly doing: string
  /** What a row without values is reported to have; "no unit" by default. */
  readonly nothing?: string
  /** A command that works, for messages. */
  readonly example: string
  /** Why a map, by its file, cannot answer; empty if it can. */
  refuses(som: Som, map: string): readonly Issue[]
  /** The map that answers, where it has to be made ready by the rows first. */
  ready?(som: Som, source: Source): Promise<Som>
  /** The added columns, part by part. */
  beside(som: Som, backend: Backend, prefix: string, onRows: OnRows, table: Table): AnswersBeside
}

/** Where the map and the rows come from, for what is done before they are answered. */
export interface Source extends Pick<Settings, 'map' | 'table' | 'reading' | 'json'> {
  readonly backend: Backend
}

/**
 * Runs a command that adds columns to the rows of a table and writes them all; gives the exit code. `read` has the
 * issues of the command's own flags.
 */
export async function answerRowsOf(
  command: Parameters<typeof operands>[0],
  flags: MatchFlags,
  read: Flags,
  answering: Answering,
): Promise<number> {
  const files = operands(command, ['map', 'table'], answering.example)
  const running = runningOf(read, flags)
  if (flags.json && flags.output === undefined) read.add('--json', 'needs --output: standard output holds the rows')
  if (files.isOk && flags.output !== undefined && resolve(flags.output) === resolve(files.value[0])) {
    read.add('--output', 'expected another file than the map, found the map itself')
  }
  const reading = readingOf(read, flags)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map, table] = files.value
  const settings = {
    map,
    table,
    ...running,
    output: flags.output,
    prefix: flags.prefix ?? '',
    json: flags.json ?? false,
    reading,
  }
  return untilInterrupted(() => untilRefused(() => answerAndWrite(settings, answering)))
}

async function answerAndWrite(settings: Settings, answering: Answering): Promise<number> {
  const read = orRefuse(await readModel(settings.map))
  refuseAny(answering.refuses(read, settings.map))
  const backend = await backendOf(settings.backend, settings.threads)
  const runner = orRefuse(runnerOf(backend, read))
  const som = (await answering.ready?.(read, { ...settings, backend })) ?? read
  const opening = { ...settings.reading, features: som.features }
  const table = orRefuse(await whileSaying(`reading ${settings.table}`, () => openTable(settings.table, opening)))
  // Rows that go to a terminal would lie between its lines.
  const progress = rowsOn(process.stderr, answering.doing, settings.output === undefined ? 0 : table.rows)
  try {
    const beside = answering.beside(som, backend, settings.prefix, progress.show, table)
    try {
      const columns = orRefuse(featureColumns(table, som, beside.names))
      const rows = orRefuse(
        settings.output === undefined
          ? await toStandardOutput((put) => writeBeside(table, columns, beside, put))
          : await writeTable(settings.output, table, columns, beside),
      )
      progress.clear()
      const { nothing = 'no unit' } = answering
      const notes = [...table.notes, ...beside.notes()]
      tell(settings, { rows, empty: beside.empty(), nothing, notes, backend: runner.name })
    } finally {
      progress.clear()
      beside.close()
    }
  } finally {
    table.close()
  }
  return EXIT.done
}

async function toStandardOutput<T>(write: (put: Put) => Promise<T>): Promise<Result<T, never>> {
  const value = await write(async (part) => {
    if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  })
  return Result.ok(value)
}

interface Told {
  readonly rows: number
  readonly empty: number
  readonly nothing: string
  readonly notes: readonly string[]
  readonly backend: string
}

function tell({ output, json }: Settings, { rows, empty, nothing, notes, backend }: Told): void {
  if (!json) for (const text of notes) note(text)
  const without = `${counted(empty, 'row')} without a value in any feature: ${nothing}`
  if (output === undefined) {
    if (empty > 0) note(without)
    return
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ output, rows, emptyRows: empty, backend, notes })}\n`)
    return
  }
  const lines: [string, string][] = [['rows', String(rows)]]
  if (empty > 0) lines.push([nothing, without])
  process.stdout.write(rowsOfText([...lines, ['written to', output]]))
}
