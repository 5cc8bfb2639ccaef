/** The flags of `som inspect`, as the user wrote them. */
export interface InspectFlags {
  readonly json?: true
}
