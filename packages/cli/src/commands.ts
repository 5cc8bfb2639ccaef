import { SERVE, serveCommand } from '@som/server/program'
import type { Summary } from './summary.ts'

/** Every command, in the order in which the help lists them. */
export const COMMANDS: Readonly<Record<string, Summary>> = {
  train: {
    usage: '<table> [options]',
    description: 'Train a map from a table.',
    examples: ['data.csv -o map.som', 'data.csv -o species.som --target species --epochs 50 --seed 1'],
    load: async () => (await import('./commands/train.ts')).trainCommand,
  },
  match: {
    usage: '<map> <table> [options]',
    description: "Add each row's best-matching unit to its own columns.",
    examples: ['map.som new.csv -o matched.csv', 'map.som new.csv -o matched.parquet --prefix som_'],
    load: async () => (await import('./commands/match.ts')).matchCommand,
  },
  predict: {
    usage: '<map> <table> [options]',
    description: 'Add to each row what the map predicts: classes with probabilities, numbers with intervals.',
    examples: ['species.som new.csv -o predicted.csv', 'species.som new.csv -o predicted.parquet --prefix som_'],
    load: async () => (await import('./commands/predict.ts')).predictCommand,
  },
  impute: {
    usage: '<map> <table> [options]',
    description: 'Fill in missing cells with what rows like theirs have on the map.',
    examples: ['map.som holes.csv -o whole.csv', 'map.som holes.csv -o whole.csv --mark filled'],
    load: async () => (await import('./commands/impute.ts')).imputeCommand,
  },
  evaluate: {
    usage: '<map> <table> [options]',
    description: 'Measure predictions on rows whose targets are known.',
    examples: ['species.som data.csv', 'species.som data.csv -o evaluation.json'],
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  },
  embed: {
    usage: '<map> <table> [options]',
    description: 'Add to each row its place in a plane, in which rows that are alike are near.',
    examples: ['map.som data.csv -o places.csv --keep map.som', 'map.som new.csv -o places.parquet'],
    load: async () => (await import('./commands/embed.ts')).embedCommand,
  },
  inspect: {
    usage: '<map | table> [options]',
    description: 'Show what a map file or a table contains.',
    examples: ['data.csv', 'map.som --json'],
    load: async () => (await import('./commands/inspect.ts')).inspectCommand,
  },
  quality: {
    usage: '<map> <table> [options]',
    description: 'Measure how good a map is, on its training rows or, better, on new ones.',
    examples: ['map.som data.csv', 'map.som new.csv --label species -o quality.json'],
    load: async () => (await import('./commands/quality.ts')).qualityCommand,
  },
  cluster: {
    usage: '<map> [table] [options]',
    description: 'Find groups in the rows of a map, or in its units, and keep them as its clusters.',
    examples: ['map.som data.csv -o map.som', 'map.som -o three.som --count 3 --names first,second,third'],
    load: async () => (await import('./commands/cluster.ts')).clusterCommand,
  },
  compare: {
    usage: '<map> <map or table> <table> [options]',
    description: 'Compare two maps by rows, or the rows of two tables on one map.',
    examples: ['map.som data.csv new.csv --picture drift.svg', 'map.som three.som data.csv -o changed.csv'],
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  plot: {
    usage: '<kind> <map> [table] [options]',
    description: 'Draw a map as SVG or PNG, or in the terminal if no file is named.',
    examples: ['u-matrix map.som -o u-matrix.png', 'labels map.som data.csv --label species -o labels.svg'],
    load: async () => (await import('./commands/plot.ts')).plotCommand,
  },
  report: {
    usage: '<map> <table> [options]',
    description: 'Write one page to explore a map and its rows; it works offline.',
    examples: ['map.som data.csv', 'map.som data.csv --label species -o report.html'],
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  studio: {
    usage: '[file...] [options]',
    description: 'Train, explore and name maps in a browser; all of it stays on this machine.',
    examples: ['data.csv', 'map.som data.csv --no-open'],
    load: async () => (await import('./commands/studio.ts')).studioCommand,
  },
  tune: {
    usage: '<table> [options]',
    description: 'Try sizes, radii and epochs on held-out rows and print the command for the best.',
    examples: ['data.csv --budget 2', 'data.csv --label species --size 12x12 --budget 2'],
    load: async () => (await import('./commands/tune.ts')).tuneCommand,
  },
  export: {
    usage: '<map> -o <file> [options]',
    description: 'Write a map for other programs: as ONNX, or its codebook.',
    examples: ['map.som -o map.onnx', 'map.som -o codebook.cod'],
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  import: {
    usage: '<file> [options]',
    description: 'Make a map from a codebook that another program trained.',
    examples: ['codebook.cod -o imported.som', 'codebook.cod -o hexagonal.som --lattice hexagonal'],
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  track: {
    usage: 'push [--data <folder>]',
    description: 'Send training runs that could not be recorded when they ran.',
    examples: ['push', 'push --data maps'],
    load: async () => (await import('./commands/track.ts')).trackCommand,
  },
  serve: { ...SERVE, load: async () => serveCommand },
  keys: {
    usage: 'make|list|revoke [id] --data <folder> [options]',
    description: 'Create, list and revoke keys for som serve --data.',
    examples: ['make --data maps --scopes read,score --expires 90d', 'list --data maps'],
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  registry: {
    usage: 'export|import <map> --data <folder> [options]',
    description: "Copy maps and their versions to or from an MLflow server's model registry.",
    examples: ['export penguins --data maps', 'import penguins --data maps --as birds'],
    load: async () => (await import('./commands/registry.ts')).registryCommand,
  },
  watch: {
    usage: '<table | map> [rows] [options]',
    description: 'Learn what is normal from a table, then judge the rows of a stream.',
    examples: ['normal.csv -o normal.som', 'normal.som new.ndjson -o verdicts.ndjson'],
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  palette: {
    usage: '<image...> [options]',
    description: 'Reduce images to a few shared colours and write PNGs with a palette.',
    examples: ['photo.jpg -o out.png --colours 16', 'photo.jpg --palette colours.css'],
    load: async () => (await import('./commands/palette.ts')).paletteCommand,
  },
  segment: {
    usage: '<table | map> [table] [options]',
    description: 'Find, describe and name groups of rows, or assign new rows to them.',
    examples: [
      'customers.csv -o customers.som --report segments.html',
      'customers.som new-customers.csv -o assigned.csv',
    ],
    load: async () => (await import('./commands/segment.ts')).segmentCommand,
  },
  mcp: {
    usage: '[folder] [options]',
    description: 'Let an agent work with the tables and maps of a folder, by the Model Context Protocol.',
    examples: ['tables', 'tables --read-only --limit 60'],
    load: async () => (await import('./commands/mcp.ts')).mcpCommand,
  },
  worker: {
    usage: '[options]',
    description: 'Answer a program that spreads rows over machines, such as Spark.',
    examples: ['--describe', '--describe --backend js'],
    load: async () => (await import('./commands/worker.ts')).workerCommand,
  },
  completion: {
    usage: 'bash|zsh|fish',
    description: 'Print a script by which a shell completes commands, options and files at Tab.',
    examples: ['bash > som.bash', 'fish > som.fish'],
    load: async () => (await import('./commands/completion.ts')).completionCommand(COMMANDS),
  },
}
