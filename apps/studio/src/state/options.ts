import { OPTIONS, type TrainOptions } from '@som/core'

/** What the reader of the page chose to train; what is undefined is left to the rows. */
export interface Chosen {
  /** Names of the features: numbers, and texts as categories. */
  readonly columns: readonly string[]
  readonly label: string | null
  readonly rows?: number
  readonly across?: number
  readonly cell: 'rectangular' | 'hexagonal'
  readonly shape: 'sheet' | 'cylinder' | 'toroid'
  readonly kernel: (typeof OPTIONS.kernel.of)[number]
  readonly rule: 'batch' | 'online'
  readonly epochs: number
  readonly radiusStart?: number
  readonly radiusEnd?: number
  readonly preprocessing: (typeof OPTIONS.preprocessing.each.of)[number]
  readonly weights: Readonly<Record<string, number>>
  readonly seed: number
}

export const USUAL: Omit<Chosen, 'columns' | 'label'> = {
  cell: 'hexagonal',
  shape: 'sheet',
  kernel: OPTIONS.kernel.default,
  rule: 'batch',
  epochs: OPTIONS.epochs.default,
  preprocessing: OPTIONS.preprocessing.each.default,
  weights: {},
  seed: OPTIONS.seed.default,
}

/** The options of core that a choice is. */
export function trainOptionsOf(chosen: Chosen): Omit<TrainOptions, 'samples'> {
  const { rows, across, cell, shape, kernel, rule, epochs, radiusStart, radiusEnd, preprocessing, seed } = chosen
  const weights = Object.entries(chosen.weights).filter(
    ([name, weight]) => weight !== 1 && chosen.columns.includes(name),
  )
  const radius = {
    ...(radiusStart !== undefined && { start: radiusStart }),
    ...(radiusEnd !== undefined && { end: radiusEnd }),
  }
  return {
    lattice: { cell, shape, ...(rows !== undefined && { rows }), ...(across !== undefined && { columns: across }) },
    kernel,
    rule,
    epochs,
    ...(Object.keys(radius).length > 0 && { radius }),
    ...(preprocessing !== OPTIONS.preprocessing.each.default && { preprocessing }),
    ...(weights.length > 0 && { featureWeights: Object.fromEntries(weights) }),
    seed,
  }
}
