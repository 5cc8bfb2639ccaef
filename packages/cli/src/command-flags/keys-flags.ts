/** The flags of `som keys`, as the user wrote them. */
export interface KeysFlags {
  readonly data?: string
  readonly label?: string
  readonly scopes?: string
  readonly maps?: string
  readonly expires?: string
  readonly limit?: readonly string[]
}
