/** The flags of `som registry` as they were written. */
export interface RegistryFlags {
  readonly data?: string
  readonly registry?: string
  readonly store?: string
  readonly as?: string
}
