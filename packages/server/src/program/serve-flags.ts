import type { Written } from '../settings-written.ts'

/** The flags of a server as they were written. */
export interface ServeFlags extends Written {
  /** The file of settings. */
  readonly config?: string
}
