import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som track`. What it does is loaded when it runs. */
export function trackCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[what]', 'push: send every waiting run to its MLflow server')
    .option('--data <folder>', 'send the runs of the training jobs of som serve --data <folder>')
    .allowUnknownOption()
    .allowExcessArguments()
  command.action(async (_what, flags, self) => {
    const { runTrack } = await import('../track/run-track.ts')
    finish(await runTrack(self, flags))
  })
  return command
}
