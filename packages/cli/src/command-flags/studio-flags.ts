/** The flags of `som studio`, as the user wrote them. */
export interface StudioFlags {
  readonly port?: string
  readonly open: boolean
}
