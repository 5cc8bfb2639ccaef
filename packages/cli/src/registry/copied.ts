/** How many versions were copied, and how many were there already. */
export interface Copied {
  readonly copied: number
  readonly known: number
}
