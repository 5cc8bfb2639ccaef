/** The flags of every command with arithmetic in it, as the user wrote them. */
export type RunningFlags = {
  readonly backend?: string
  readonly threads?: string
}
