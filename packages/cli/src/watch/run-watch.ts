import { isModel } from '@som/io'
import { complain, operands, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { WatchFlags } from '../command-flags/watch-flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { calibrateAndWrite, learnAndWrite } from './learn.ts'
import { watchSettings } from './settings.ts'
import { watchStream } from './watch-stream.ts'

/** Runs `som watch`; gives the exit code. */
export async function runWatch(command: Parameters<typeof operands>[0], flags: WatchFlags): Promise<number> {
  const expected = command.args.length > 1 ? ['map', 'rows'] : ['map']
  const files = operands(command, expected, 'som watch normal.csv -o normal.som, then som watch normal.som new.ndjson')
  const isMap = files.isOk && (await isModel(files.value[0]))
  const settings = files.andThen((files) => watchSettings(files, isMap, flags))
  if (settings.isErr) {
    complain(settings.error)
    return EXIT.usage
  }
  const found = settings.value
  const interrupt = listenForInterrupts(() => {})
  try {
    return await untilRefused(() => {
      if (found.kind === 'learn') return learnAndWrite(found)
      return found.kind === 'calibrate' ? calibrateAndWrite(found) : watchStream(found, interrupt)
    })
  } finally {
    interrupt.release()
  }
}
