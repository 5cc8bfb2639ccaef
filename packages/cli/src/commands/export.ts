import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som export`. What it does is loaded when it runs. */
export function exportCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[map]', 'a map file from som train')
    .allowUnknownOption()
    .allowExcessArguments()
    .option(
      '-o, --output <file>',
      '.onnx (preprocessing inside), or the codebook as .cod (SOM_PAK), .wts (ESOM, somoclu), .npy, .csv, .tsv, .parquet, .arrow, .json, .ndjson; or the U-matrix as .umx (ESOM)',
    )
    .option('--preprocessed', "write the codebook in preprocessed units (default: the table's own units)")
    .option('--json', 'the summary as JSON')
  command.action(async (_map, flags, self) => {
    const { runExport } = await import('../exchange/run-export.ts')
    finish(await runExport(self, flags))
  })
  return command
}
