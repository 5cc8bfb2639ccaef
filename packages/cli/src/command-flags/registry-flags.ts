/** The flags of `som registry`, as the user wrote them. */
export interface RegistryFlags {
  readonly data?: string
  readonly registry?: string
  readonly store?: string
  readonly as?: string
}
