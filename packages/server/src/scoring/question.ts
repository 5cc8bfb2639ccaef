import {
  answersOf,
  type CellColumn,
  type EmbeddingSom,
  embedIn,
  type Imputations,
  imputationColumns,
  imputeIn,
  type Matches,
  type Matrix,
  type Placed,
  type Predictions,
  type PredictOptions,
  partOfPredictions,
  placeColumns,
  predictIn,
  predictionColumns,
} from '@som/core'
import { partOf } from './part-of.ts'
import type { Scorer } from './scorer.ts'

/** What is asked about rows, of one map. */
export interface Question<Found extends { readonly unit: Int32Array }> {
  readonly scorer: Scorer
  /** The columns of the answer. */
  readonly columns: readonly CellColumn<Found>[]
  /** Answers preprocessed rows, which must not change until then. */
  find(rows: Matrix): Promise<Found>
  /** The rows from `from` up to `to`. */
  part(found: Found, from: number, to: number): Found
  /** Whether a cell may be null. */
  lacks(found: Found): boolean
}

export const matching = (scorer: Scorer): Question<Matches> => ({
  scorer,
  columns: answersOf(scorer.som),
  find: (rows) => scorer.matchReady(rows),
  part: partOf,
  lacks: ({ secondUnit }) => secondUnit.includes(-1),
})

/** For a map with targets. */
export const predicting = (scorer: Scorer, options: PredictOptions): Question<Predictions> => ({
  scorer,
  columns: predictionColumns(scorer.som),
  find: (matrix) => predictIn(scorer, scorer.som, { matrix }, options),
  part: partOfPredictions,
  lacks: ({ unit }) => unit.includes(-1),
})

/** For a map with a plane. */
export const placing = (scorer: Scorer, som: EmbeddingSom): Question<Placed> => ({
  scorer,
  columns: placeColumns(),
  find: async (matrix) => embedIn(await scorer.landmarks(som), som, { matrix }),
  part: ({ layout, place, unit }, from, to) => ({
    ...{ layout, place: place.subarray(2 * from, 2 * to), unit: unit.subarray(from, to) },
  }),
  lacks: ({ unit }) => unit.includes(-1),
})

/** The cells that are filled in; null in a cell that had a value. */
export const imputing = (scorer: Scorer): Question<Imputations> => ({
  scorer,
  columns: imputationColumns(scorer.som),
  find: (matrix) => imputeIn(scorer, scorer.som, { matrix }),
  part({ unit, values }, from, to) {
    const { length } = scorer.som.features
    return { unit: unit.subarray(from, to), values: values.subarray(from * length, to * length) }
  },
  lacks: () => true,
})
