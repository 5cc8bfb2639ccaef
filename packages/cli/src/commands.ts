import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { SERVE, serveCommand } from '@som/server/program'

/** What the help of all says of a command, and how the rest of it is loaded. */
export interface Summary {
  readonly usage: string
  readonly description: string
  /** Gives a command of this name its flags and its action. */
  load(): Promise<(base: Command, finish: (code: number) => void) => CommandUnknownOpts>
}

/** Every command, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Summary>> = {
  train: {
    usage: '<table> [options]',
    description: 'Train a map from a table.',
    load: async () => (await import('./commands/train.ts')).trainCommand,
  },
  match: {
    usage: '<map> <table> [options]',
    description: "Add each row's best-matching unit to its own columns.",
    load: async () => (await import('./commands/match.ts')).matchCommand,
  },
  inspect: {
    usage: '<map> [options]',
    description: 'Show what a map file contains.',
    load: async () => (await import('./commands/inspect.ts')).inspectCommand,
  },
  quality: {
    usage: '<map> <table> [options]',
    description: 'Measure how good a map is, on its training rows or, better, on new ones.',
    load: async () => (await import('./commands/quality.ts')).qualityCommand,
  },
  cluster: {
    usage: '<map> [options]',
    description: 'Group the units of a map into clusters.',
    load: async () => (await import('./commands/cluster.ts')).clusterCommand,
  },
  plot: {
    usage: '<kind> <map> [table] [options]',
    description: 'Draw a map as SVG or PNG, or in the terminal if no file is named.',
    load: async () => (await import('./commands/plot.ts')).plotCommand,
  },
  report: {
    usage: '<map> <table> [options]',
    description: 'Write one page to explore a map and its rows; it works offline.',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  tune: {
    usage: '<table> [options]',
    description: 'Try sizes, radii and epochs on held-out rows and print the command for the best.',
    load: async () => (await import('./commands/tune.ts')).tuneCommand,
  },
  export: {
    usage: '<map> -o <file> [options]',
    description: 'Write a map for other programs: as ONNX, or its codebook.',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  import: {
    usage: '<file> [options]',
    description: 'Make a map from a codebook that another program trained.',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  track: {
    usage: 'push [--data <folder>]',
    description: 'Send training runs that could not be recorded at the time.',
    load: async () => (await import('./commands/track.ts')).trackCommand,
  },
  serve: { ...SERVE, load: async () => serveCommand },
  keys: {
    usage: 'make|list|revoke [id] --data <folder> [options]',
    description: 'Make, list and revoke the keys of som serve --data.',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  registry: {
    usage: 'export|import <map> --data <folder> [options]',
    description: 'Copy maps with their versions to or from the model registry of an MLflow server.',
    load: async () => (await import('./commands/registry.ts')).registryCommand,
  },
  watch: {
    usage: '<table | map> [rows] [options]',
    description: 'Learn what is normal from a table, then judge the rows of a stream.',
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  palette: {
    usage: '<image...> [options]',
    description: 'Reduce images to a few shared colours and write PNGs with a palette.',
    load: async () => (await import('./commands/palette.ts')).paletteCommand,
  },
  segment: {
    usage: '<table | map> [table] [options]',
    description: 'Find groups of rows, describe and name them; or assign new rows to their segments.',
    load: async () => (await import('./commands/segment.ts')).segmentCommand,
  },
}
