/**
 * What a map predicts: for each target a linear model per unit, fitted by `fitTargets`. `docs/design/prediction.md`
 * says how.
 */
export interface Targets {
  /**
   * What the models subtract from each feature, in preprocessed units: its mean over the rows of the fit. A missing
   * value counts as the mean.
   */
  readonly centre: Float64Array
  /** What they then multiply it by: 1 over its standard deviation; 0 for a feature without spread. */
  readonly scale: Float64Array
  /** At least one, each with its own name. */
  readonly of: readonly Target[]
}

export type Target = ClassTarget | NumberTarget

interface Fitted {
  readonly name: string
  /** Rows of the fit: those with a value of this target and of a feature. */
  readonly rows: number
  /** The settings that did best on rows held out. */
  readonly settings: ModelSettings
  /**
   * How good the predictions of held-out rows were: the share of right classes, or R², the share of the variance that
   * is explained.
   */
  readonly heldOut: number
  /** Units × inputs × outputs: the constant, a slope for each feature and, if it has squares, for each square. */
  readonly coefficients: Float32Array
}

/** How the models of a target borrow from each other. */
export interface ModelSettings {
  /** How far over the lattice a unit borrows rows: the radius of a Gaussian, in units. */
  readonly radius: number
  /** How many rows the evidence must outweigh before a unit's model departs from the model of all rows. */
  readonly ridge: number
  /** How many nearest units a prediction blends. */
  readonly nearest: number
  /** Whether squares of features are inputs as well. */
  readonly squares: boolean
}

/** A target whose values are names. One output per class. */
export interface ClassTarget extends Fitted {
  readonly kind: 'class'
  /** At least two, in the order of their characters. */
  readonly classes: readonly string[]
  /** Rows without a class that took part in the fit with that of the rows around them; absent if none did. */
  readonly unlabelled?: number
  /** Probabilities are proportional to exp(output / temperature), apart from one more row of each class. */
  readonly temperature: number
}

/** A target whose values are numbers. One output, in standard deviations from the mean. */
export interface NumberTarget extends Fitted {
  readonly kind: 'number'
  readonly mean: number
  readonly deviation: number
  /** The size of residuals that is usual around each unit, in standard deviations. */
  readonly spread: Float32Array
  /**
   * Sizes of the residuals of held-out rows, each over the spread where its row is, ascending.
   */
  readonly residuals: Float32Array
}

/** Rows that are held out in a fit, at most: more would not change what is learnt from them. */
export const MOST_HELD_OUT = 10_001

/** How many rows a target was measured on, each left out of the models that predicted it. */
export const heldOutRows = ({ rows }: Pick<Target, 'rows'>): number => Math.min(rows, MOST_HELD_OUT)

/** The number of outputs of a target's models. */
export function outputsOf(target: Target): number {
  return target.kind === 'class' ? target.classes.length : 1
}
