/** The flags of `som inspect` as they were written. */
export interface InspectFlags {
  readonly json?: true
}
