import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { running } from './shared.ts'

/** `som palette`. What it does is loaded when it runs. */
export function paletteCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[image...]', 'photographs or drawings: JPEG, PNG, WebP, AVIF, GIF, TIFF or SVG')
    .allowUnknownOption()
    .option('-o, --output <file>', 'a .png file; a folder for several images')
    .option('-c, --colours <n>', 'largest number of colours, 1 to 256 (default: 16)')
    .option('--grid <RxC>', 'arrange the colours in a grid instead of a row, for example 4x8')
    .option('--dither <name>', 'none, floyd-steinberg or blue-noise (default: none)')
    .option(
      '--palette <file>',
      'also write the palette as .png, .css, .json, .gpl or .ase; may be repeated',
      (value, before: string[] = []) => [...before, value],
    )
    .option('--seed <n>', 'seed of all random numbers (default: 0)')
  const command = running(own).option('--json', 'the summary as JSON')
  command.action(async (_images, flags, self) => {
    const { runPalette } = await import('../palette/run-palette.ts')
    finish(await runPalette(self, flags))
  })
  return command
}
