import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { mapAndRows, ROWS_OUTPUT, reading, running } from './shared.ts'

/** `som embed`. What it does is loaded when it runs. */
export function embedCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base)
    .option(...ROWS_OUTPUT)
    .option('--prefix <text>', 'prefix for the names of the added columns: plane_x and plane_y')
    .option(
      '--keep <file>',
      'write the map with its plane to this file, so that new rows get places in the same one; may be the map itself',
    )
    .option('--fit', 'fit a plane to these rows even if the map has one')
    .option(
      '--layout <name>',
      'fit a plane by rows, units or sammon (by prototypes alone) or lattice (as the lattice is) (default: rows)',
    )
    .option(
      '--landmarks <n>',
      'fit a plane with at most this many landmarks (default: half as many as rows, 1600 to 4000)',
    )
    .option('--embedsom', "place rows between the map's units as EmbedSOM does; nothing is fitted or kept")
  const command = running(reading(own)).option('--json', 'the summary as JSON; needs --output')
  command.action(async (_map, _table, flags, self) => {
    const { runEmbed } = await import('../embed/run-embed.ts')
    finish(await runEmbed(self, flags))
  })
  return command
}
