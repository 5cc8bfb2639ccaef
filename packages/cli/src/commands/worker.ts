import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { running } from './shared.ts'

/** `som worker`. What it does is loaded when it runs. */
export function workerCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = running(base)
    .option('--describe', 'print the version of the protocol, the questions and the backend as JSON')
    .allowUnknownOption()
    .allowExcessArguments()
  command.action(async (flags, self) => {
    const { runWorker } = await import('../worker/run-worker.ts')
    finish(await runWorker(self, flags))
  })
  return command
}
