/** How a text table is written, as far as the user says. */
export interface TextReading {
  /** The delimiter; by default the one that splits the first line into most cells. */
  readonly delimiter?: string
  /** The decimal mark; by default a point, or a comma if it can only be a decimal mark. */
  readonly decimal?: '.' | ','
  /** Further cells that mean a missing value: texts, or numbers however they are written. */
  readonly missing?: readonly string[]
  /** The decimal mark of the map that will read the rows, for text that does not show its own. */
  readonly learned?: ','
}
