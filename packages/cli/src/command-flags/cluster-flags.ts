/** The flags of `som cluster`, as the user wrote them. */
export interface ClusterFlags {
  readonly output?: string
  readonly count?: string
  readonly method?: string
  readonly most?: string
  readonly names?: string[]
  readonly seed?: string
  readonly json?: true
}
