/** The flags of `som keys` as they were written. */
export interface KeysFlags {
  readonly data?: string
  readonly label?: string
  readonly scopes?: string
  readonly expires?: string
  readonly limit?: readonly string[]
}
