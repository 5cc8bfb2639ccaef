import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som import`. What it does is loaded when it runs. */
export function importCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument(
      '[file]',
      ".cod from SOM_PAK, .wts from ESOM or somoclu, .npy from MiniSom's get_weights(), .csv from R kohonen's getCodes()",
    )
    .allowUnknownOption()
    .allowExcessArguments()
    .option('-o, --output <file>', "the map file (default: the file's name with .som)")
    .option('--from <program>', 'som-pak, esom, minisom or kohonen (default: from the file name)')
    .option('--size <rows x columns>', 'units of the grid; kohonen needs it, since its file does not say')
    .option('--lattice <cell>', 'rectangular or hexagonal, if the file does not say (default: rectangular)')
    .option('--shape <shape>', 'sheet, cylinder or toroid (default: sheet)')
    .option('--names <names>', 'names of the features, separated by commas', (value, before: string[] = []) => [
      ...before,
      value,
    ])
    .option('--json', 'the summary as JSON')
  command.action(async (_file, flags, self) => {
    const { runImport } = await import('../exchange/run-import.ts')
    finish(await runImport(self, flags))
  })
  return command
}
