/** What options are where they are not given. Sizes and radii that depend on the rows are in `map-size.ts` and `phases.ts`. */
export const TRAINING_DEFAULTS = {
  rule: 'batch',
  metric: 'euclidean',
  kernel: 'gaussian',
  cell: 'rectangular',
  shape: 'sheet',
  epochs: 20,
  decay: 'exponential',
  learningRate: { start: 0.5, end: 0.01 },
  batchSize: 256,
  order: 'shuffled',
  decayPer: 'step',
  preprocessing: 'z-score',
  cofactor: 5,
  seed: 0,
  stop: { patience: 3, tolerance: 1e-4 },
} as const

/** Options that come from the map that training starts from (`from`), and are refused beside it. */
export const SETTLED_BY_FROM = [
  'lattice',
  'metric',
  'kernel',
  'initial',
  'preprocessing',
  'featureWeights',
  'cofactor',
] as const
