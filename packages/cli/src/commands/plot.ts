import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { MAP_HELP, reading, running, SQL_HELP, TABLE_HELP } from './shared.ts'

/** `som plot`. What it does is loaded when it runs. */
export function plotCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument(
      '[kind]',
      'from the map alone: u-matrix, component-plane, component-planes, hits, clusters, predictions, gradient-field, projection, training-curve; with rows: labels, class-pies, quality, p-matrix, u-star-matrix, smoothed-hits, trajectory, plane',
    )
    .argument('[map]', MAP_HELP)
    .argument('[table]', `the rows, for kinds that need them: ${TABLE_HELP}`)
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--sql <query>', SQL_HELP)
    .option(
      '-o, --output <file>',
      'a .svg or .png file (default: a picture in a terminal, and SVG to any other standard output)',
    )
    .option('--feature <name>', 'the feature that a component-plane shows, or that colours a plane')
    .option('--target <name>', 'the target whose predictions are shown (default: the first)')
    .option('--label <name>', "the column with each row's class, for labels, class-pies and plane")
    .option('--colours <name>', 'colour map: viridis, cividis or greys')
    .option('--scale <name>', 'linear, quantile or log: how values become colours (default: linear)')
    .option('--range <lo,hi>', 'values at the ends of the colours; those beyond are marked on the colour bar')
    .option('--title <text>', 'title above the plot')
    .option('--size <px>', 'longest side of the map in an SVG (default: 440)')
    .option('--between', 'u-matrix: also draw the cells between units')
  const command = running(reading(own)).option('--json', 'the summary as JSON; needs --output')
  command.action(async (_kind, _map, _table, flags, self) => {
    const { runPlot } = await import('../plot/run-plot.ts')
    finish(await runPlot(self, flags))
  })
  return command
}
