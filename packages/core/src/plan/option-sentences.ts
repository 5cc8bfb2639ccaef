import { UNITS_A_ROOT } from './map-size.ts'
import { type LayerTable, OPTIONS } from './option-table.ts'
import { FEW_ROWS, lastRadius } from './phases.ts'

/** Where an option stands in `OPTIONS`: its name, with those of its groups before it. */
export type OptionPath = Paths<Omit<typeof OPTIONS, 'samples' | 'from' | 'resume'>>

/** Where an option of a layer stands. */
export type LayerPath = `layers.${keyof LayerTable}`

type Paths<T> = {
  [K in keyof T & string]: T[K] extends { readonly kind: 'group'; readonly of: infer O } ? `${K}.${Paths<O>}` : K
}[keyof T & string]

/**
 * What an option is, for people: a phrase without a full stop, and its default in words where the table of options has
 * no number for it.
 */
export interface OptionSentence {
  readonly is: string
  readonly default?: string
}

/** What each option is. They are apart from the table, so that a page that trains does not fetch them. */
export const OPTION_SENTENCES: Readonly<Record<OptionPath, OptionSentence>> = {
  'lattice.cell': { is: 'cells of the lattice' },
  'lattice.shape': { is: 'how the edges of the lattice join' },
  'lattice.rows': { is: 'rows of units', default: 'the data decide' },
  'lattice.columns': { is: 'columns of units', default: 'the data decide' },
  'lattice.units': {
    is: 'about how many units; the data decide the sides',
    default: `${UNITS_A_ROOT} √rows, at most one for every two rows`,
  },
  metric: { is: 'distance between a row and a prototype' },
  layers: {
    is: 'groups of features that each have a metric, a weight and a preprocessing',
    default: 'one group of all features',
  },
  kernel: { is: 'neighbourhood kernel' },
  rule: { is: 'training rule' },
  epochs: { is: 'passes over the rows' },
  'radius.start': {
    is: 'neighbourhood radius at the start, in units',
    default: 'a quarter of the longer side (at least 1)',
  },
  'radius.end': {
    is: 'neighbourhood radius at the end, in units',
    default: `${lastRadius(FEW_ROWS)} (${lastRadius(0)} for fewer than ${FEW_ROWS} rows)`,
  },
  'radius.decay': { is: 'how the radius falls' },
  'learningRate.start': { is: 'learning rate of the online and mini-batch rules at the start' },
  'learningRate.end': { is: 'learning rate of the online and mini-batch rules at the end' },
  'learningRate.decay': { is: 'how the learning rate falls' },
  phases: { is: 'several phases in place of epochs, radius and learning rate', default: 'one phase' },
  batchSize: { is: 'rows of a mini-batch' },
  order: { is: 'how the online and mini-batch rules present rows' },
  decayPer: { is: 'how often radius and learning rate of the online rule change' },
  initial: { is: 'first prototypes' },
  preprocessing: { is: 'how values are scaled: one method for all features, or one for some by name' },
  cofactor: { is: 'what arcsinh divides by' },
  featureWeights: { is: 'how much a feature counts in distances, by name; 0 shows it without counting it' },
  seed: { is: 'seed of all random numbers' },
  'stop.patience': {
    is: 'stop when the map moves less than the tolerance for this many epochs',
    default: `off; ${OPTIONS.stop.of.patience.default} with a tolerance`,
  },
  'stop.tolerance': {
    is: 'movement of the prototypes, relative to the spread of the data',
    default: `off; ${OPTIONS.stop.of.tolerance.default} with a patience`,
  },
}

/** What each option of a layer is. */
export const LAYER_SENTENCES: Readonly<Record<LayerPath, OptionSentence>> = {
  'layers.name': { is: 'name of the layer' },
  'layers.features': { is: 'its features, or the columns that they are made of' },
  'layers.metric': { is: 'distance between a row and a prototype in this layer; that of euclidean is squared' },
  'layers.weight': { is: 'how much the layer counts; 0 shows it without counting it' },
  'layers.scale': {
    is: 'what its distance is multiplied by so that layers compare',
    default: '1 / the mean distance between rows',
  },
  'layers.preprocessing': { is: 'how values of its features are scaled', default: 'as all features' },
}
