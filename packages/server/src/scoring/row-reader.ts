import { type CellEncoder, cellEncoder, type Som } from '@som/core'
import { learnedMark, type RowCells, rowCells } from '@som/io'

/** How rows are read for one map. */
export interface RowReader {
  readonly features: readonly string[]
  /** The columns that the features were made of in training. */
  readonly cells: CellEncoder
  /** How the cells of those columns are read: as in files. */
  readonly given: RowCells
  /** Whether some feature was made of a column, so that columns and features are not the same. */
  readonly isMade: boolean
  /** The decimal mark of the text that the map was learned from, where it is a comma. */
  readonly learned?: ',' | undefined
  /** The column that holds the label of each row, where labels are read. */
  readonly label?: string
}

export function rowReader({ features }: Pick<Som, 'features'>): RowReader {
  const cells = cellEncoder(features)
  return {
    features: features.map(({ name }) => name),
    cells,
    given: rowCells(cells.columns, features),
    isMade: features.some(({ source }) => source !== undefined),
    learned: learnedMark(features),
  }
}
