/** What was copied, and what was there already. */
export interface Copied {
  readonly copied: number
  readonly known: number
}
