/** The flags of `som import`, as the user wrote them. */
export interface ImportFlags {
  readonly output?: string
  readonly from?: string
  readonly size?: string
  readonly lattice?: string
  readonly shape?: string
  readonly names?: string[]
  readonly json?: true
}
