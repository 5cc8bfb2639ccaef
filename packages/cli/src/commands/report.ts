import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { mapAndRows, reading, running } from './shared.ts'

/** `som report`. What it does is loaded when it runs. */
export function reportCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base)
    .option('-o, --output <file>', "the HTML file (default: the map's name with .html)")
    .option('--label <name>', "the column with each row's class")
    .option('--id <name>', 'the column that names each row')
    .option('--title <text>', 'title of the page')
  const command = running(reading(own)).option('--json', 'the summary as JSON')
  command.action(async (_map, _table, flags, self) => {
    const { runReport } = await import('../report/run-report.ts')
    finish(await runReport(self, flags))
  })
  return command
}
