import { readModel } from '@som/io'
import { complain, operands, orRefuse, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { InspectFlags } from '../command-flags/inspect-flags.ts'
import { inspectionJson, inspectionText } from './report.ts'

/** Runs `som inspect`; gives the exit code. */
export async function runInspect(command: Parameters<typeof operands>[0], flags: InspectFlags): Promise<number> {
  const files = operands(command, ['map'], 'som inspect map.som')
  if (files.isErr) {
    complain(files.error)
    return EXIT.usage
  }
  return untilRefused(async () => {
    const som = orRefuse(await readModel(files.value[0]))
    process.stdout.write(flags.json ? inspectionJson(som, files.value[0]) : inspectionText(som, files.value[0]))
    return EXIT.done
  })
}
