/** The flags of `som cluster` as they were written. */
export interface ClusterFlags {
  readonly output?: string
  readonly count?: string
  readonly method?: string
  readonly most?: string
  readonly names?: string[]
  readonly seed?: string
  readonly json?: true
}
