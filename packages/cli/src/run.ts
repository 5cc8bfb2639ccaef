import { Command } from '@commander-js/extra-typings'
import { runProgram, serveCommand } from '@som/server/program'
import { clusterCommand } from './commands/cluster.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { inspectCommand } from './commands/inspect.ts'
import { keysCommand } from './commands/keys.ts'
import { matchCommand } from './commands/match.ts'
import { paletteCommand } from './commands/palette.ts'
import { plotCommand } from './commands/plot.ts'
import { qualityCommand } from './commands/quality.ts'
import { registryCommand } from './commands/registry.ts'
import { reportCommand } from './commands/report.ts'
import { segmentCommand } from './commands/segment.ts'
import { trackCommand } from './commands/track.ts'
import { trainCommand } from './commands/train.ts'
import { tuneCommand } from './commands/tune.ts'
import { watchCommand } from './commands/watch.ts'
import { version } from './version.ts'

/** Runs the som command with its arguments; gives the exit code: 0 done, 1 the data or the world is wrong, 2 wrong usage, 130 interrupted. */
export function run(args: readonly string[]): Promise<number> {
  return runProgram(args, (finish) =>
    new Command('som')
      .description('Self-organising maps of tables.')
      .version(version())
      .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
      .configureOutput({ outputError: (text, write) => write(text) })
      .addCommand(trainCommand(finish))
      .addCommand(matchCommand(finish))
      .addCommand(inspectCommand(finish))
      .addCommand(qualityCommand(finish))
      .addCommand(clusterCommand(finish))
      .addCommand(plotCommand(finish))
      .addCommand(reportCommand(finish))
      .addCommand(tuneCommand(finish))
      .addCommand(exportCommand(finish))
      .addCommand(importCommand(finish))
      .addCommand(trackCommand(finish))
      .addCommand(serveCommand('serve', finish))
      .addCommand(keysCommand(finish))
      .addCommand(registryCommand(finish))
      .addCommand(watchCommand(finish))
      .addCommand(paletteCommand(finish))
      .addCommand(segmentCommand(finish)),
  )
}
