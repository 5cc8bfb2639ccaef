/** What is chosen of a column: a range of its numbers, or some of its bars. */
export type OfColumn = { readonly from: number; readonly to: number } | { readonly bins: ReadonlySet<number> }

/** Everything that chooses rows; rows are chosen that pass all of it. */
export interface Filters {
  readonly units: ReadonlySet<number> | null
  readonly columns: ReadonlyMap<string, OfColumn>
  readonly search: string
  /** 1 for each row that was chosen one by one, as on the plane of rows. */
  readonly rows: Uint8Array | null
}

export const NONE: Filters = { units: null, columns: new Map(), search: '', rows: null }
