import type { Written } from '../settings-written.ts'

/** The flags of a server, as the user wrote them. */
export interface ServeFlags extends Written {
  /** The settings file. */
  readonly config?: string
}
