import { isModel } from '@som/io'
import { complain, operands, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { SegmentFlags } from '../command-flags/segment-flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { assignAndWrite } from './assign.ts'
import { learnAndWrite } from './learn.ts'
import { segmentSettings } from './settings.ts'

/** Runs `som segment`; gives the exit code. */
export async function runSegment(command: Parameters<typeof operands>[0], flags: SegmentFlags): Promise<number> {
  const expected = command.args.length > 1 ? ['table', 'new'] : ['table']
  const files = operands(command, expected, 'som segment customers.csv, then som segment customers.som new.csv')
  const isMap = files.isOk && (await isModel(files.value[0]))
  const settings = files.andThen((files) => segmentSettings(files, isMap, flags))
  if (settings.isErr) {
    complain(settings.error)
    return EXIT.usage
  }
  const found = settings.value
  return untilInterrupted(() =>
    untilRefused(() => (found.kind === 'learn' ? learnAndWrite(found) : assignAndWrite(found))),
  )
}
